package org.mailwright.smtp.distribution.text;

import java.io.IOException;

/**
 * Where lines go.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Lines {

    /**
     * Takes one line, without its end, or many at once, without the end of the last.
     *
     * @throws IOException when no more are taken
     */
    void take(CharSequence line) throws IOException;
}
