/** What the server writes to the log about its sessions. */
@NullMarked
package org.mailwright.smtp.server.log;

import org.jspecify.annotations.NullMarked;
