package org.mailwright.smtp.transport.mina;

import java.util.Set;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.session.IoSessionAttributeMap;
import org.apache.mina.core.session.IoSessionDataStructureFactory;
import org.apache.mina.core.write.WriteRequestQueue;
import org.jspecify.annotations.Nullable;

/** What MINA makes for each session, here nothing: the session is its own queue, and attributes are not kept. */
final class SessionParts implements IoSessionDataStructureFactory, IoSessionAttributeMap {

    @Override
    public IoSessionAttributeMap getAttributeMap(IoSession session) {
        return this;
    }

    @Override
    public WriteRequestQueue getWriteRequestQueue(IoSession session) {
        return (LoopSession) session;
    }

    @Override
    public @Nullable Object getAttribute(IoSession session, Object key, @Nullable Object otherwise) {
        return otherwise;
    }

    @Override
    public Object setAttribute(IoSession session, Object key, Object value) {
        throw new UnsupportedOperationException("sessions keep no attributes");
    }

    @Override
    public Object setAttributeIfAbsent(IoSession session, Object key, Object value) {
        throw new UnsupportedOperationException("sessions keep no attributes");
    }

    @Override
    public @Nullable Object removeAttribute(IoSession session, Object key) {
        return null;
    }

    @Override
    public boolean removeAttribute(IoSession session, Object key, Object value) {
        return false;
    }

    @Override
    public boolean replaceAttribute(IoSession session, Object key, Object from, Object to) {
        return false;
    }

    @Override
    public boolean containsAttribute(IoSession session, Object key) {
        return false;
    }

    @Override
    public Set<Object> getAttributeKeys(IoSession session) {
        return Set.of();
    }

    @Override
    public void dispose(IoSession session) {
        // keeps nothing
    }
}
