package org.mailwright.smtp.gateway.bsmtp;

import java.util.Optional;

/**
 * How the reading of a batch went.
 *
 * @param accepted mails that the server answers for to every recipient
 * @param rejected mails that it does not answer for to some or all
 * @param broken why the batch was not read to its QUIT, if it was not: then mails may be missing
 * @since 0.1.0
 */
public record BatchReport(long accepted, long rejected, Optional<String> broken) {

    /** Tells whether all was read and every mail was accepted. */
    public boolean isComplete() {
        return rejected == 0 && broken.isEmpty();
    }
}
