package org.mailwright.smtp.distribution.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnNameTest {

    @Test
    void isAFullNameOrAnAddressLiteral(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("hostname");
        assertEquals("[127.0.0.1]", OwnName.in(file));
        assertEquals("mail.example.org", OwnName.in(Files.writeString(file, "Mail.Example.org\n")));
        assertEquals("[127.0.0.1]", OwnName.in(Files.writeString(file, "laptop\n")));
        assertEquals("[127.0.0.1]", OwnName.in(Files.writeString(file, "my_laptop.lan\n")));
    }
}
