/**
 * The seam between the client and the network: {@link org.mailwright.smtp.client.network.Connector}.
 *
 * <p>Failure cases: nobody listens, no answer, no route (each an {@code IOException} that names the address).
 */
@NullMarked
package org.mailwright.smtp.client.network;

import org.jspecify.annotations.NullMarked;
