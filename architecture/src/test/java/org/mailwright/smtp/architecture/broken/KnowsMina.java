package org.mailwright.smtp.architecture.broken;

import org.apache.mina.core.session.IoSession;

interface KnowsMina {
    IoSession session();
}
