package org.mailwright.smtp.client.jakarta;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;

/**
 * Makes an {@link OutgoingMail} of a Jakarta Mail {@link MimeMessage}, so that the client sends it in place of a
 * {@code Transport}.
 *
 * @since 0.1.0
 */
public final class MimeMessages {

    private static final String[] NOT_SENT = {"Bcc", "Content-Length"};

    private MimeMessages() {}

    /**
     * Returns the mail of a message, with the envelope that its header gives: from Sender, or else the first of From,
     * to all of To, Cc and Bcc. The message is not changed; call {@code saveChanges} first if it was. Bcc is not sent.
     *
     * @throws MessagingException when it has no sender or no recipient, one that is no SMTP address, or cannot be
     *     written
     */
    public static OutgoingMail mail(MimeMessage message) throws MessagingException, IOException {
        Optional<InternetAddress> sender = sender(message);
        if (sender.isEmpty()) {
            throw new MessagingException("The message has neither Sender nor From");
        }
        Address[] all = message.getAllRecipients();
        List<ForwardPath> recipients = new ArrayList<>();
        if (all != null) {
            for (Address one : all) {
                recipients.addAll(recipients(one));
            }
        }
        if (recipients.isEmpty()) {
            throw new MessagingException("The message has no recipient");
        }
        return mail(message, reversePath(sender.get()), recipients);
    }

    /**
     * Returns the mail of a message with another envelope than its header gives. Bcc is not sent.
     *
     * @throws MessagingException when it cannot be written
     */
    public static OutgoingMail mail(MimeMessage message, ReversePath from, List<ForwardPath> to)
            throws MessagingException, IOException {
        return OutgoingMail.of(from, to, body(message));
    }

    /** Returns the content of a message, in memory, without Bcc. */
    public static Body body(MimeMessage message) throws MessagingException, IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        message.writeTo(octets, NOT_SENT);
        return Body.of(octets.toByteArray());
    }

    private static Optional<InternetAddress> sender(MimeMessage message) throws MessagingException {
        if (message.getSender() instanceof InternetAddress sender) {
            return Optional.of(sender);
        }
        Address[] from = message.getFrom();
        return from != null && from.length > 0 && from[0] instanceof InternetAddress first
                ? Optional.of(first)
                : Optional.empty();
    }

    private static List<ForwardPath> recipients(Address address) throws MessagingException {
        if (!(address instanceof InternetAddress internet)) {
            throw new MessagingException("A recipient of type " + address.getType() + " cannot be reached by SMTP");
        }
        if (!internet.isGroup()) {
            return List.of(forwardPath(internet));
        }
        List<ForwardPath> members = new ArrayList<>();
        InternetAddress[] group = internet.getGroup(true);
        if (group != null) {
            for (InternetAddress member : group) {
                members.add(forwardPath(member));
            }
        }
        return members;
    }

    private static ForwardPath forwardPath(InternetAddress address) throws MessagingException {
        try {
            return ForwardPath.parse("<" + address.getAddress() + ">");
        } catch (AddressSyntaxException e) {
            throw new MessagingException("A recipient of the message is no SMTP address", e);
        }
    }

    private static ReversePath reversePath(InternetAddress address) throws MessagingException {
        try {
            return ReversePath.parse("<" + address.getAddress() + ">");
        } catch (AddressSyntaxException e) {
            throw new MessagingException("The sender of the message is no SMTP address", e);
        }
    }
}
