package org.mailwright.smtp.transport.mina;

import java.nio.ByteBuffer;
import org.apache.mina.core.buffer.IoBuffer;

/** The buffers that all TLS connections of a loop use in turn; none of them keeps anything between two events. */
final class TlsBuffers {
    private static final int RECORDS = 5;
    private IoBuffer plain = IoBuffer.allocate(0);
    private ByteBuffer sealed = ByteBuffer.allocate(0);

    /** Returns an empty buffer for what several records hold, each at most {@code record} octets. */
    IoBuffer plain(int record) {
        if (plain.capacity() < record * RECORDS) {
            plain = IoBuffer.allocate(record * RECORDS);
        }
        plain.clear();
        return plain;
    }

    /** Returns an empty buffer for several records on the wire, each at most {@code packet} octets. */
    ByteBuffer sealed(int packet) {
        if (sealed.capacity() < packet * RECORDS) {
            sealed = ByteBuffer.allocate(packet * RECORDS);
        }
        sealed.clear();
        return sealed;
    }
}
