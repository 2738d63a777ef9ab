/**
 * Mail that comes and goes by other ways than an SMTP connection. Each way is a package of its own and knows none of
 * the others: {@link org.mailwright.smtp.gateway.pipe} hands mail to programs,
 * {@link org.mailwright.smtp.gateway.bsmtp} takes it from files and writes it into files,
 * {@link org.mailwright.smtp.gateway.http} takes it by HTTP and posts it, {@link org.mailwright.smtp.gateway.filter}
 * passes it through content filters.
 */
@NullMarked
package org.mailwright.smtp.gateway;

import org.jspecify.annotations.NullMarked;
