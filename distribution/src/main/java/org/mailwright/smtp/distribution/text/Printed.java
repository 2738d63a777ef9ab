package org.mailwright.smtp.distribution.text;

import java.io.IOException;
import java.io.PrintStream;

/**
 * Prints lines block by block: a line that is printed alone costs a system call.
 *
 * @since 0.1.0
 */
public final class Printed implements Lines {
    private static final int BLOCK = 64 << 10;

    private final PrintStream out;
    private final StringBuilder block = new StringBuilder();

    /** Prints to a stream, which stays open. */
    public Printed(PrintStream out) {
        this.out = out;
    }

    @Override
    public void take(CharSequence line) throws IOException {
        block.append(line).append('\n');
        if (block.length() >= BLOCK) {
            flush();
        }
    }

    /** Prints what is left. */
    public void flush() throws IOException {
        out.print(block);
        block.setLength(0);
        if (out.checkError()) {
            throw new IOException("standard output takes no more");
        }
    }
}
