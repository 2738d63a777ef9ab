package org.mailwright.smtp.distribution.command;

/** What came of a command. */
record Run(int status, String out, String err) {}
