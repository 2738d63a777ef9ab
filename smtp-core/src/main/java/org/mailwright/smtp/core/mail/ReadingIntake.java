package org.mailwright.smtp.core.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mail on its way into a {@link MailReader}. The session waits with each piece until the reader has taken it or
 * wants no more, so that a mail of any size needs no memory here.
 */
final class ReadingIntake implements MessageSink.Intake {

    private static final Logger LOG = LoggerFactory.getLogger(ReadingIntake.class);
    private static final Reply LOCAL_ERROR = Reply.of(451, "4.3.0", "Local error in processing");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** How far the content has come. */
    private enum Flow {
        COMING,
        COMPLETE,
        LOST
    }

    /** What became of the reader. */
    @FunctionalInterface
    private interface Ending {
        Reply reply() throws SmtpException, IOException;
    }

    private final Envelope envelope;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ByteBuffer piece = NOTHING;
    private Flow flow = Flow.COMING;
    private boolean looked;
    private boolean closed;
    private @Nullable Ending ending;

    private ReadingIntake(Envelope envelope) {
        this.envelope = envelope;
    }

    /** Begins: the reader runs. */
    static ReadingIntake start(Envelope envelope, MailReader reader) {
        ReadingIntake intake = new ReadingIntake(envelope);
        Thread.ofVirtual().name("mail " + envelope.id()).start(() -> intake.run(reader));
        return intake;
    }

    private void run(MailReader reader) {
        try {
            Reply reply = reader.read(envelope, new Content());
            ended(() -> reply);
        } catch (SmtpException refused) {
            ended(() -> {
                throw refused;
            });
        } catch (IOException failed) {
            ended(() -> {
                throw failed;
            });
        } catch (RuntimeException | Error bug) {
            // told here, for nobody asks any more when the client is gone
            LOG.error("{} failed", envelope.origin().session(), bug);
            ended(() -> {
                throw new SmtpException(LOCAL_ERROR);
            });
        }
    }

    private void ended(Ending how) {
        lock.lock();
        try {
            ending = how;
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(ByteBuffer octets) throws SmtpException, IOException {
        lock.lock();
        try {
            piece = octets;
            changed.signalAll();
            while (octets.hasRemaining() && !closed) {
                changed.awaitUninterruptibly();
            }
            piece = NOTHING;
            octets.position(octets.limit());
            Ending early = ending;
            if (early != null) {
                early.reply(); // throws at once what the reader threw
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Acceptance commit() throws SmtpException, IOException {
        lock.lock();
        try {
            flow = Flow.COMPLETE;
            changed.signalAll();
            Ending end = ending;
            while (end == null) {
                changed.awaitUninterruptibly();
                end = ending;
            }
            Reply reply = end.reply();
            if (reply.isPositive() && !looked) {
                throw new IOException("the reader answered " + reply + " and has read nothing");
            }
            return Acceptance.all(envelope, reply);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void abort() {
        lock.lock();
        try {
            flow = Flow.LOST;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the reader reads. */
    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            lock.lock();
            try {
                looked = true;
                while (!piece.hasRemaining() && flow == Flow.COMING && !closed) {
                    changed.await();
                }
                requireOpen();
                if (!piece.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(length, piece.remaining());
                piece.get(into, offset, count);
                if (!piece.hasRemaining()) {
                    changed.signalAll();
                }
                return count;
            } catch (InterruptedException interrupted) {
                InterruptedIOException failure = new InterruptedIOException("interrupted while reading a mail");
                failure.initCause(interrupted);
                throw failure;
            } finally {
                lock.unlock();
            }
        }

        private void requireOpen() throws IOException {
            if (flow == Flow.LOST) {
                throw new IOException("the mail ended before its content was complete: the client is gone, or the mail"
                        + " was refused");
            }
            if (closed) {
                throw new IOException("the content of the mail is closed");
            }
        }

        @Override
        public int available() throws IOException {
            lock.lock();
            try {
                requireOpen();
                return piece.remaining();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
