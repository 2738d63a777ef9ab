/**
 * The built-in gates.
 *
 * <p>Failure cases: a recipient elsewhere in any disguise, such as a source route, "%", "!", a quoted "@", an address
 * literal that is not the server's own (each refused, for only the host right of the last "@" counts).
 */
@NullMarked
package org.mailwright.smtp.server.gate;

import org.jspecify.annotations.NullMarked;
