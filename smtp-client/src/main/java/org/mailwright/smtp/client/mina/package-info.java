/** The network of the client: Apache MINA. */
@NullMarked
package org.mailwright.smtp.client.mina;

import org.jspecify.annotations.NullMarked;
