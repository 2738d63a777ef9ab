/**
 * Which way mail goes, by its domain: {@link org.mailwright.smtp.queue.route.DomainRouter}. What is local asks a router
 * of its own, which may expand aliases.
 */
@NullMarked
package org.mailwright.smtp.queue.route;

import org.jspecify.annotations.NullMarked;
