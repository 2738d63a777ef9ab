package org.mailwright.smtp.core.session;

import java.util.Optional;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.mail.Hello;

/** Where a session stands. */
sealed interface State {

    /** Before EHLO, or after a switch to TLS. */
    record Connected() implements State {}

    /** After EHLO, HELO or LHLO. */
    record Greeted(Hello hello) implements State {}

    /** After MAIL. */
    record InTransaction(Hello hello, Transaction transaction) implements State {}

    /** The connection is closing or gone. */
    record Closed() implements State {}

    default Phase phase() {
        return switch (this) {
            case Connected connected -> Phase.CONNECTED;
            case Greeted greeted -> Phase.GREETED;
            case InTransaction transaction -> Phase.TRANSACTION;
            case Closed closed -> Phase.CONNECTED;
        };
    }

    default Optional<Hello> greeting() {
        return switch (this) {
            case Greeted(Hello hello) -> Optional.of(hello);
            case InTransaction(Hello hello, Transaction transaction) -> Optional.of(hello);
            case Connected connected -> Optional.empty();
            case Closed closed -> Optional.empty();
        };
    }
}
