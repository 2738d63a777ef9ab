/**
 * SMTP without sockets. Reading order: {@code address}, {@code reply}, {@code command} (values); {@code mail} (what is
 * carried); {@code wire} (framing); {@code transport} (the seam to the network); {@code extension} (the SPI);
 * {@code session} (the server's state machine); {@code client} (the client's).
 */
@NullMarked
package org.mailwright.smtp.core;

import org.jspecify.annotations.NullMarked;
