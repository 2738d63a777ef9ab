package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.mailbox.LocalRecipients.Destination;

class LocalRecipientsTest {
    private static final Set<String> USERS =
            Set.of("alice@example.test", "a+b@example.test", "root@xn--bcher-kva.test");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "<alice@example.test>, alice@example.test",
                "<ALICE@Example.Test>, alice@example.test",
                "<\"alice\"@example.test>, alice@example.test",
                "<alice+news@example.test>, alice@example.test",
                "<a+b@example.test>, a+b@example.test",
                "<@relay.test:alice@example.test>, alice@example.test",
                "<root@b\u00fccher.test>, root@xn--bcher-kva.test",
                "<Postmaster>, boss@example.test",
                "<postMASTER@example.test>, boss@example.test",
                "<postmaster+x@example.test>, boss@example.test",
            })
    void mailboxesThatAreHere(String path, String mailbox) throws IOException {
        assertEquals(mailbox, find("example.test", path));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "<bob@example.test>, unknown",
                "<+news@example.test>, unknown",
                "<\"alice@example.test\"@example.test>, unknown",
                "<\"../alice\"@example.test>, unknown",
                "<alice@sub.example.test>, foreign",
                "<alice@example.test.evil.test>, foreign",
                "<alice%example.test@evil.test>, foreign",
                "<postmaster@evil.test>, foreign",
                "<alice@[127.0.0.1]>, foreign",
            })
    void mailboxesThatAreNot(String path, String why) throws IOException {
        assertEquals(why, find("example.test", path));
    }

    @ParameterizedTest
    @CsvSource({"<x@anywhere.test>, unknown", "<x@[127.0.0.1]>, unknown", "<alice@example.test>, alice@example.test"})
    void everyDomainCanBeLocal(String path, String found) throws IOException {
        assertEquals(found, find("*", path));
    }

    @ParameterizedTest
    @CsvSource({
        "<alice@[192.0.2.1]>, alice@example.test",
        "<postmaster@[192.0.2.1]>, boss@example.test",
        "<bob@[192.0.2.1]>, unknown",
        "<alice@[192.0.2.2]>, foreign",
    })
    void theAddressOfThisHostIsLocal(String path, String found) throws IOException {
        AddressLiteral own = AddressLiteral.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}));
        assertEquals(found, text(recipients("example.test").find(ForwardPath.parse(path), own::equals)));
    }

    @Test
    void aDirectoryThatFailsIsNoAnswer() {
        LocalRecipients recipients = new LocalRecipients(
                LocalDomains.of(List.of("*")),
                mailbox -> {
                    throw new IOException("down");
                },
                new LocalMailbox("postmaster", "x"),
                "+");
        assertThrows(IOException.class, () -> recipients.find(ForwardPath.parse("<x@example.test>")));
    }

    private static String find(String domain, String path) throws IOException {
        return text(recipients(domain).find(ForwardPath.parse(path)));
    }

    private static LocalRecipients recipients(String domain) {
        return new LocalRecipients(
                LocalDomains.of(List.of(domain, "b\u00fccher.test")),
                mailbox -> USERS.contains(mailbox.toString()),
                new LocalMailbox("boss", "example.test"),
                "+");
    }

    private static String text(Destination destination) {
        return switch (destination) {
            case Destination.Found found -> found.mailbox().toString();
            case Destination.Unknown unknown -> "unknown";
            case Destination.Foreign foreign -> "foreign";
        };
    }
}
