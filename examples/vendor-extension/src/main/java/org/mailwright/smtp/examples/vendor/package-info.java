/**
 * A vendor's extension, {@link org.mailwright.smtp.examples.vendor.RetainExtension}. It knows nothing but smtp-core;
 * its jar names it in {@code META-INF/services}, so a server finds it in {@code lib/ext/}.
 *
 * <p>Failure cases: days that are no number or beyond the bound (501 5.5.4); a peer without the keyword (the mail is
 * not sent, for nobody would keep it); a bad key of its configuration (the server does not start, and names it).
 */
@NullMarked
package org.mailwright.smtp.examples.vendor;

import org.jspecify.annotations.NullMarked;
