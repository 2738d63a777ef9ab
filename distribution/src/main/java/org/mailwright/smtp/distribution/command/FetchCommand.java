package org.mailwright.smtp.distribution.command;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.ext.turn.AtrnExtension;
import org.mailwright.smtp.ext.turn.Fetch;
import org.mailwright.smtp.ext.turn.TurnExtension;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code fetch}: has the mail that a server keeps brought to a server here, by ATRN (RFC 2645) or TURN. */
final class FetchCommand implements OptionCommand {

    private static final String NAME = "mailwright fetch";
    private static final String HERE = "127.0.0.1:25";
    private static final int NO_MAIL = 453;

    @Override
    public CommandSpec spec() {
        return ServerOptions.addServer(Options.command(
                        NAME,
                        "Fetch the mail that a server keeps for a user, and give it to a mail server here. Status 0: it"
                                + " was fetched, or none waits; 75: it may work later; 69: refused for good."))
                .addOption(
                        Options.value("--to", "HOST:PORT", "The server that takes the mail; " + HERE + " if left out.")
                                .build())
                .addOption(Options.flag("--turn", "By TURN, the mail of the domain that --helo says."))
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("DOMAIN")
                        .arity("0..*")
                        .index("0..*")
                        .description("Whose mail; all that is kept for the user if left out.")
                        .build());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        boolean turn = arguments.hasMatchedOption("--turn");
        List<Domain> domains = domains(arguments);
        if (turn && !domains.isEmpty()) {
            throw ServerOptions.usage(
                    NAME, "expected no DOMAIN with --turn", domains.getFirst().canonical());
        }
        HostPort to = ServerOptions.address(NAME, "--to", arguments)
                .or(() -> HostPort.parse(HERE))
                .orElseThrow();
        InetSocketAddress here = new InetSocketAddress(to.host(), to.port());
        if (here.isUnresolved()) {
            throw ServerOptions.usage(NAME, "--to: expected a host that is known", to.host());
        }
        Dispatch dispatch = ServerOptions.read(NAME, arguments, terminal);
        if (dispatch.login().isEmpty()) {
            throw ServerOptions.usage(NAME, "expected --user", "none");
        }
        try {
            return fetch(dispatch, turn, domains, here, terminal);
        } finally {
            dispatch.login().ifPresent(Login::close);
        }
    }

    private static List<Domain> domains(ParseResult arguments) throws CommandFailure {
        List<Domain> domains = new ArrayList<>();
        for (String written : arguments.<List<String>>matchedPositionalValue(0, List.of())) {
            try {
                domains.add(Domain.parse(written));
            } catch (AddressSyntaxException e) {
                throw ServerOptions.usage(NAME, "expected a domain", written);
            }
        }
        return domains;
    }

    private static int fetch(
            Dispatch dispatch, boolean turn, List<Domain> domains, InetSocketAddress here, Terminal terminal)
            throws CommandFailure {
        CompletableFuture<Reply> told = new CompletableFuture<>();
        CompletableFuture<String> over = new CompletableFuture<>();
        try (MinaNetwork network = new MinaNetwork()) {
            Fetch fetch = new Fetch(domains, peer -> Bridge.to(here, network, over::complete), told::complete);
            Attributes settings = Attributes.EMPTY.with(turn ? TurnExtension.REQUEST : AtrnExtension.REQUEST, fetch);
            return dispatch.use(
                    List.of(turn ? new TurnExtension() : new AtrnExtension()), settings, (client, server) -> {
                        Optional<Outcome> failure = client.open(server).ready().join();
                        if (!told.isDone()) {
                            failure.map(Outcome::reply).ifPresent(told::complete);
                        }
                        Reply answer = told.join();
                        terminal.out().println(answer);
                        return answer.isPositive() ? end(over.join(), terminal) : status(answer);
                    });
        }
    }

    private static int end(String why, Terminal terminal) {
        if (why.isEmpty()) {
            return ExitStatus.OK;
        }
        terminal.err().println(NAME + ": " + why);
        return ExitStatus.TEMPORARY;
    }

    private static int status(Reply answer) {
        return answer.code() == NO_MAIL
                ? ExitStatus.OK
                : answer.isPermanent() ? ExitStatus.UNAVAILABLE : ExitStatus.TEMPORARY;
    }
}
