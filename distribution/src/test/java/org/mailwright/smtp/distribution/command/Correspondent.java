package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user a@example.test of a server, who sends with parameters of his own and reads the reports.
 *
 * @param folder of the server's configuration, with its data in {@code var}
 */
record Correspondent(Path folder) {

    /**
     * Sends a mail.
     *
     * @param to the path of RCPT and what follows it
     * @param parameters what follows the path of MAIL, with a blank before
     */
    void send(RunningServer server, String to, String parameters) throws IOException {
        String address = server.address("mx");
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            OutputStream out = socket.getOutputStream();
            say(out, in, "", "220");
            say(out, in, "EHLO client.example.test", "250");
            say(out, in, "MAIL FROM:<a@example.test>" + parameters, "250");
            say(out, in, "RCPT TO:" + to, "250");
            say(out, in, "DATA", "354");
            say(out, in, "Subject: x\r\n\r\nx\r\n.", "250");
        }
    }

    private static void say(OutputStream out, BufferedReader in, String command, String code) throws IOException {
        if (!command.isEmpty()) {
            out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        String line = String.valueOf(in.readLine());
        while (line.startsWith("-", 3)) {
            line = String.valueOf(in.readLine());
        }
        assertEquals(code, line.substring(0, 3), line);
    }

    /** Returns the report that says this, once it is there. */
    String report(String says) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            for (Path file : mails()) {
                String text = Files.readString(file);
                if (text.contains(says)) {
                    return text;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no report says " + says);
    }

    /** Returns what has come. */
    List<Path> mails() throws IOException {
        Path maildir = folder.resolve("var/mail/example.test/a/new");
        if (!Files.isDirectory(maildir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(maildir)) {
            return files.toList();
        }
    }
}
