package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.io.PrintStream;

/** An array of JSON objects while it is printed, one object in a line. */
final class JsonList {
    private static final int BLOCK = 64 << 10;

    private final PrintStream out;
    private final StringBuilder block = new StringBuilder("[");
    private boolean first = true;

    JsonList(PrintStream out) {
        this.out = out;
    }

    void add(CharSequence json) throws IOException {
        block.append(first ? "\n" : ",\n").append(json);
        first = false;
        if (block.length() > BLOCK) {
            flush();
        }
    }

    void end() throws IOException {
        block.append(first ? "]" : "\n]");
        flush();
    }

    private void flush() throws IOException {
        out.print(block);
        block.setLength(0);
        if (out.checkError()) {
            throw new IOException("standard output takes no more");
        }
    }
}
