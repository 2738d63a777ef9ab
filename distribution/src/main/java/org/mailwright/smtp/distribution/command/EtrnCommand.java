package org.mailwright.smtp.distribution.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.ext.turn.EtrnExtension;
import org.mailwright.smtp.ext.turn.EtrnNode;
import org.mailwright.smtp.ext.turn.EtrnRequest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code etrn}: asks a server to send what it keeps for some hosts (RFC 1985). */
final class EtrnCommand implements OptionCommand {

    private static final String NAME = "mailwright etrn";

    @Override
    public CommandSpec spec() {
        return ServerOptions.addServer(Options.command(
                        NAME,
                        "Ask a server to send the mail that it keeps for a host, and print its answers. Status 0: it"
                                + " does, or keeps none; 75: it may work later; 69: refused for good."))
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("NODE")
                        .arity("1..*")
                        .index("0..*")
                        .description(
                                "A domain; \"@\" before it means all below it, too; \"#\" and the name of a queue.")
                        .build());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        List<EtrnNode> nodes = new ArrayList<>();
        for (String node : arguments.<List<String>>matchedPositionalValue(0, List.of())) {
            nodes.add(EtrnNode.parse(node)
                    .orElseThrow(() -> ServerOptions.usage(NAME, "expected a domain, @DOMAIN or #QUEUE", node)));
        }
        ConcurrentLinkedQueue<Reply> replies = new ConcurrentLinkedQueue<>();
        EtrnRequest request = new EtrnRequest(nodes, (node, reply) -> replies.add(reply));
        Optional<Outcome> failure = ask(ServerOptions.read(NAME, arguments, terminal), request);
        List<Reply> known = new ArrayList<>(replies);
        while (known.size() < nodes.size()) {
            known.add(failure.map(Outcome::reply).orElseThrow());
        }
        for (int i = 0; i < nodes.size(); i++) {
            terminal.out().println(nodes.get(i) + " " + known.get(i));
        }
        return known.stream().allMatch(Reply::isPositive)
                ? ExitStatus.OK
                : known.stream().anyMatch(Reply::isTransient) ? ExitStatus.TEMPORARY : ExitStatus.UNAVAILABLE;
    }

    /** Returns why there was no connection, or no good one. */
    private static Optional<Outcome> ask(Dispatch dispatch, EtrnRequest request) throws CommandFailure {
        try {
            return dispatch.use(
                    List.of(new EtrnExtension()),
                    Attributes.EMPTY.with(EtrnExtension.REQUEST, request),
                    (client, server) -> client.open(server).ready().join());
        } finally {
            dispatch.login().ifPresent(Login::close);
        }
    }
}
