package org.mailwright.smtp.architecture.broken;

import org.apache.mina.core.buffer.IoBuffer;

final class ReadsObjects {
    Object read(IoBuffer buffer) throws ClassNotFoundException {
        return buffer.getObject();
    }
}
