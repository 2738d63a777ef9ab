package org.mailwright.smtp.distribution.assembly;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.size.SizeConfig;
import org.mailwright.smtp.ext.size.SizeExtension;

/** What a server has of smtp-ext-size. */
final class SizeParts {
    private SizeParts() {}

    static Extension extension(ServerConfig config) {
        return new SizeExtension(new SizeConfig(config.extensions().sizeLimit()));
    }

    /** Returns the octets that the client declared for the mail in progress; 0 when it did not. */
    static long declared(SessionView session) {
        return session.get(SizeExtension.DECLARED).orElse(0L);
    }
}
