package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.mailwright.smtp.distribution.config.HostPort;

/** SMTP on standard input and output, as {@code sendmail -bs} has it: what is said there is said to the server. */
final class SmtpPipe {
    private SmtpPipe() {}

    /** Carries octets both ways until the server ends the conversation. */
    static int run(HostPort server, Terminal terminal) throws CommandFailure, IOException {
        try (Socket socket = new Socket(server.host(), server.port())) {
            Thread.ofVirtual().name("standard input").start(() -> say(terminal, socket));
            InputStream answers = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = answers.read(buffer); count >= 0; count = answers.read(buffer)) {
                terminal.out().write(buffer, 0, count);
                terminal.out().flush();
            }
            return ExitStatus.OK;
        } catch (java.net.ConnectException e) {
            throw new CommandFailure(
                    ExitStatus.TEMPORARY, "mailwright sendmail: no server at " + server + ": " + e.getMessage(), e);
        }
    }

    /** Lines may end with LF here, as people type them; the server wants CRLF. */
    private static void say(Terminal terminal, Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            int before = -1;
            for (int octet = terminal.in().read();
                    octet >= 0;
                    octet = terminal.in().read()) {
                if (octet == '\n' && before != '\r') {
                    out.write('\r');
                }
                out.write(octet);
                before = octet;
            }
            socket.shutdownOutput();
        } catch (IOException e) {
            terminal.err().println("mailwright sendmail: " + e.getMessage());
        }
    }
}
