package org.mailwright.smtp.ext.tls;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An engine that handshakes once: clear text in place of a handshake, a renegotiation of TLS 1.2, and records without
 * any content in a row (key updates, empty fragments) end the connection. Each costs the peer little and us much.
 */
final class StrictEngine extends SSLEngine {

    /** Far more than session tickets and key updates of a peer in good faith ever need. */
    static final int MOST_EMPTY_RECORDS = 64;

    private static final byte FIRST_CONTENT_TYPE = 20;
    private static final byte LAST_CONTENT_TYPE = 24;

    private final SSLEngine engine;
    private Optional<String> serverName = Optional.empty();
    private boolean established;
    private boolean closing;
    private int emptyRecords;

    StrictEngine(SSLEngine engine) {
        super(engine.getPeerHost(), engine.getPeerPort());
        this.engine = engine;
    }

    /** The provider's own engine. */
    SSLEngine inner() {
        return engine;
    }

    /** The name that the client has asked for. BCJSSE knows it only while the handshake lasts. */
    Optional<String> serverName() {
        return serverName.or(() -> ServerIdentity.requested(engine.getSession()));
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        return noticed(engine.wrap(sources, offset, length, target));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        boolean before = established;
        if (!before && source.hasRemaining()) {
            refuseClearText(source.get(source.position()));
        }
        SSLEngineResult result = noticed(engine.unwrap(source, targets, offset, length));
        if (before && !closing && result.getStatus() == Status.OK) {
            refuseAnotherHandshake(result.getHandshakeStatus());
            countEmpty(result);
        }
        return result;
    }

    private SSLEngineResult noticed(SSLEngineResult result) {
        if (!established && serverName.isEmpty()) {
            SSLSession handshake = engine.getHandshakeSession();
            serverName = handshake == null ? Optional.empty() : ServerIdentity.requested(handshake);
        }
        established |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        return result;
    }

    /** Text has no length of a record in it: BCJSSE would wait for thousands of octets more before it complains. */
    private static void refuseClearText(byte contentType) throws SSLException {
        if (contentType < FIRST_CONTENT_TYPE || contentType > LAST_CONTENT_TYPE) {
            throw new SSLException("the peer does not speak TLS");
        }
    }

    private void refuseAnotherHandshake(HandshakeStatus status) throws SSLException {
        boolean handshaking = switch (status) {
            case NEED_TASK, NEED_WRAP, NEED_UNWRAP, NEED_UNWRAP_AGAIN -> true;
            case FINISHED, NOT_HANDSHAKING -> false;
        };
        // in TLS 1.3 a key update makes the engine want to wrap, and there is no renegotiation
        if (handshaking
                && engine.getSession().getProtocol().equals(TlsVersion.TLS_1_2.key())
                && !engine.isInboundDone()) {
            throw new SSLHandshakeException("the peer asked for a renegotiation");
        }
    }

    private void countEmpty(SSLEngineResult result) throws SSLException {
        if (result.bytesProduced() > 0) {
            emptyRecords = 0;
        } else if (result.bytesConsumed() > 0 && ++emptyRecords > MOST_EMPTY_RECORDS) {
            throw new SSLException("the peer sent " + emptyRecords + " records in a row without content");
        }
    }

    @Override
    public void closeOutbound() {
        closing = true;
        engine.closeOutbound();
    }

    @Override
    public void closeInbound() throws SSLException {
        engine.closeInbound();
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return engine.getDelegatedTask();
    }

    @Override
    public boolean isInboundDone() {
        return engine.isInboundDone();
    }

    @Override
    public boolean isOutboundDone() {
        return engine.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        engine.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        engine.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return engine.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        engine.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return engine.getHandshakeStatus();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        engine.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return engine.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        engine.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return engine.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        engine.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return engine.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        engine.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return engine.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        engine.setSSLParameters(parameters);
    }

    @Override
    public @Nullable String getApplicationProtocol() {
        return engine.getApplicationProtocol();
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
        return engine.getHandshakeApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLEngine, List<String>, String> selector) {
        engine.setHandshakeApplicationProtocolSelector(selector);
    }

    @Override
    public @Nullable BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return engine.getHandshakeApplicationProtocolSelector();
    }
}
