/**
 * Extensions that are put beside the server as jars: {@code lib/ext/NAME.jar}, or a folder {@code lib/ext/NAME/} of
 * jars.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.plugin.Plugins}, then the class loader that each has of its
 * own.
 *
 * <p>Failure cases: a jar that cannot be read, or whose extension cannot be made, ends the start with
 * {@link org.mailwright.smtp.distribution.plugin.PluginException}, which names the jar. A jar without an extension is
 * told and passed over.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.plugin;

import org.jspecify.annotations.NullMarked;
