/**
 * Puts a server together: configuration, extensions, users, mailboxes.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.assembly.Installed} (which extensions there are),
 * {@link org.mailwright.smtp.distribution.assembly.ServerAssembly} (the server made of them). What needs a module that
 * an installation may lack stands in a class of its own, {@code AuthParts} or {@code TlsParts}, which is loaded only
 * where the module is there: take its jar out of {@code lib/}, and the extension is gone.
 *
 * <p>Failure cases: {@link org.mailwright.smtp.distribution.assembly.AssemblyException} names the key or file.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.assembly;

import org.jspecify.annotations.NullMarked;
