package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;

/** The name by which this machine presents itself to servers: a full one, or an address literal (RFC 5321 §4.1.4). */
final class OwnName {

    /** Where a machine keeps its name. Asking the resolver could take as long as the DNS does. */
    private static final Path FILE = Path.of("/etc/hostname");

    private static final String NO_FULL_NAME = "[127.0.0.1]";

    private OwnName() {}

    /** Returns the name of this machine. */
    static String get() {
        return in(FILE);
    }

    /** Returns the name that a file holds, when it is a full one. */
    static String in(Path file) {
        try {
            String name = Files.readString(file, StandardCharsets.UTF_8).strip();
            return name.indexOf('.') > 0 ? Domain.parse(name).canonical() : NO_FULL_NAME;
        } catch (IOException | AddressSyntaxException noName) {
            return NO_FULL_NAME;
        }
    }
}
