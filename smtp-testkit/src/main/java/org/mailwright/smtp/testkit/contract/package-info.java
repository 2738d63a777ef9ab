/**
 * What holds for every extension, as tests. Read {@link org.mailwright.smtp.testkit.contract.ExtensionContract}, which
 * the test of an extension implements, and {@link org.mailwright.smtp.testkit.contract.ExtensionSamples}, what it has
 * to tell for that.
 *
 * <p>Failure cases: a verb or parameter without a sample; one that is offered and not taken, or taken and not offered;
 * one that is still there when the extension is not; a durable value that is another one after it was stored; octets
 * that come alone and make a difference; a parameter or a line that is sent to a peer that does not offer it; a slip of
 * the pen in the configuration that nobody is told of.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.testkit.contract;

import org.jspecify.annotations.NullMarked;
