/**
 * Typed values that extensions keep with a connection, a mail or a recipient. Read
 * {@link org.mailwright.smtp.core.attribute.AttributeKey}.
 */
@NullMarked
package org.mailwright.smtp.core.attribute;

import org.jspecify.annotations.NullMarked;
