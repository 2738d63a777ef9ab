/** HubSpot's NioSmtpClient, sending many mails. */
@NullMarked
package org.mailwright.smtp.benchmarks.peers.niosmtp;

import org.jspecify.annotations.NullMarked;
