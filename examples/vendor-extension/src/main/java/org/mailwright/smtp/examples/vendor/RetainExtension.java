package org.mailwright.smtp.examples.vendor;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.reply.Reply;

/**
 * A vendor's own extension in one class: an archive that keeps each mail as many days as its sender asks for.
 *
 * <pre>
 * S: 250 X-RETAIN 3650               keyword, and the most days
 * C: XRETAIN                         verb
 * S: 250 2.0.0 3650 days at most
 * C: MAIL FROM:&lt;a@b.example&gt; X-RETAIN=365   parameter: kept in DAYS
 * </pre>
 */
public final class RetainExtension implements Extension {

    /** Days that a mail is kept. Durable: it outlives the queue, so the client half can send it on. */
    public static final AttributeKey<Integer> DAYS = AttributeKey.durable(
            "x-retain", Scope.TRANSACTION, new AttributeKey.Codec<>(Object::toString, Integer::valueOf));

    private final int most;

    /** What a server finds in a jar; {@link #configured} makes of it what the configuration wants. */
    public RetainExtension() {
        this(3650);
    }

    public RetainExtension(int most) {
        this.most = most;
    }

    @Override
    public String id() {
        return "X-RETAIN"; // listener.extensions and [extension.X-RETAIN] name it so
    }

    @Override
    public Extension configured(Settings settings) {
        Optional<Long> days = settings.only("most-days").number("most-days", 1, 36_500);
        return new RetainExtension(days.map(Long::intValue).orElse(most));
    }

    @Override
    public void server(ServerSide side) {
        VerbSpec verb = VerbSpec.of("XRETAIN").with(VerbSpec.Trait.JUNK); // bounded, for no mail comes of it
        Reply answer = Reply.of(250, "2.0.0", most + " days at most");
        side.keyword(id(), session -> Optional.of(List.of("" + most)))
                .verb(verb, (command, session) -> Step.say(answer))
                .mailParameter(parameter());
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(id(), parameter(), WhenMissing.fail(554, "5.3.3", "The server cannot keep mail"));
    }

    private Parameter<Integer> parameter() {
        return Parameter.of(id(), DAYS, this::days, Object::toString);
    }

    private Optional<Integer> days(String text) {
        Optional<String> digits = Optional.of(text).filter(number -> number.matches("[0-9]{1,5}"));
        return digits.map(Integer::valueOf).filter(days -> days >= 1 && days <= most);
    }
}
