package org.mailwright.smtp.relay;

import java.net.InetSocketAddress;

/** One address of one host. */
record Target(String host, InetSocketAddress address) {}
