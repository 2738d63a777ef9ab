package org.mailwright.smtp.queue.sql;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.Priority;

/**
 * What the journal says of one mail: its envelope and deliveries. The content follows it, unless it is a file.
 *
 * @param content whether the content follows
 */
record MailRecord(Message message, List<NewDelivery> deliveries, boolean content) {

    private static final int FORM = 1;

    byte[] octets(DurableAttributes attributes) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(512);
        DataOutputStream out = new DataOutputStream(octets);
        out.writeByte(FORM);
        out.writeBoolean(content);
        out.writeUTF(message.id());
        out.writeUTF(message.reversePath().path());
        Texts.write(out, attributes.write(message.attributes()));
        Texts.write(out, Texts.provenance(message.provenance()));
        out.writeLong(message.accepted().toEpochMilli());
        out.writeLong(message.expires().toEpochMilli());
        out.writeLong(message.size());
        out.writeInt(deliveries.size());
        for (NewDelivery delivery : deliveries) {
            out.writeUTF(delivery.recipient().path().path());
            Texts.write(out, attributes.write(delivery.recipient().attributes()));
            out.writeUTF(delivery.lane().toString());
            out.writeUTF(delivery.reversePath().map(ReversePath::path).orElse(""));
            out.writeByte(delivery.priority().code());
            out.writeLong(delivery.due().toEpochMilli());
        }
        return octets.toByteArray();
    }

    static MailRecord read(byte[] payload, DurableAttributes attributes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
        int form = in.readByte();
        if (form != FORM) {
            throw new IOException("a record of the journal has form " + form + ", this program knows " + FORM);
        }
        boolean content = in.readBoolean();
        Message message = new Message(
                in.readUTF(),
                ReversePath.parse(in.readUTF()),
                attributes.read(Texts.read(in)),
                Texts.provenance(Texts.read(in)),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                in.readLong());
        int count = in.readInt();
        List<NewDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Recipient recipient = new Recipient(ForwardPath.parse(in.readUTF()), attributes.read(Texts.read(in)));
            LaneName lane = LaneName.parse(in.readUTF());
            String reversePath = in.readUTF();
            deliveries.add(new NewDelivery(
                    recipient,
                    lane,
                    reversePath.isEmpty() ? Optional.empty() : Optional.of(ReversePath.parse(reversePath)),
                    Priority.of(in.readByte()),
                    Instant.ofEpochMilli(in.readLong())));
        }
        return new MailRecord(message, deliveries, content);
    }
}
