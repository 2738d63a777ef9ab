package org.mailwright.smtp.core.extension;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * One conversation with a client, as the handler of a verb may change it. Valid only while the call lasts.
 *
 * @since 0.1.0
 */
public interface Session extends SessionView {

    /**
     * Keeps a value until its scope ends.
     *
     * @throws IllegalStateException when a value of scope TRANSACTION is kept and there is no transaction
     */
    <T> void set(AttributeKey<T> key, T value);

    /**
     * Notes how the client presents itself, forgets any transaction, and asks the gates of {@link Stage#HELLO}.
     *
     * @throws SmtpException when a gate refuses: nothing has changed then
     */
    void greet(Hello hello) throws SmtpException, IOException;

    /**
     * Notes that the client speaks for another: forgets all that was said, as before EHLO, and asks the gates of
     * {@link Stage#CONNECT}. From now on the session has these addresses.
     *
     * @throws SmtpException when a gate refuses; the session has the new addresses all the same
     */
    void relocate(Preface.Ends ends) throws SmtpException, IOException;

    /** Returns the lines that extensions add to the answer to EHLO now. */
    List<String> keywords();

    /**
     * Notes who the client has proved to be, and asks the gates of {@link Stage#AUTH}.
     *
     * @throws SmtpException when a gate refuses: nothing has changed then
     */
    void authenticated(Identity identity) throws SmtpException, IOException;

    /**
     * Begins a mail transaction: reads the parameters and asks the gates of {@link Stage#MAIL}.
     *
     * @return what a gate wants said in place of the usual reply
     * @throws SmtpException 555 5.5.4 for an unknown parameter, 501 5.5.4 for a bad value, 550 5.6.7 for an
     *     internationalized address without leave, or as a gate refuses
     */
    Optional<Reply> begin(ReversePath reversePath, EsmtpParameters parameters) throws SmtpException, IOException;

    /**
     * Adds a recipient: reads the parameters and asks the gates of {@link Stage#RCPT}.
     *
     * @return what a gate wants said in place of the usual reply
     * @throws SmtpException as {@link #begin}
     */
    Optional<Reply> recipient(ForwardPath forwardPath, EsmtpParameters parameters) throws SmtpException, IOException;

    /**
     * Returns the receiver of the mail in progress: content stages, sink, gates of {@link Stage#BODY}. The first call
     * asks the gates of {@link Stage#DATA}; each further one for the same mail returns the same receiver. The
     * transaction ends with the receiver.
     *
     * @throws SmtpException 503 5.5.1 without transaction or recipients (RFC 2033 §4.2), or as a gate refuses
     */
    BodyReceiver mail() throws SmtpException, IOException;

    /** Forgets the mail transaction, if there is one (RSET). */
    void reset();
}
