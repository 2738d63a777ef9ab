package org.mailwright.smtp.distribution.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.ext.turn.EtrnExtension;
import org.mailwright.smtp.ext.turn.EtrnNode;
import org.mailwright.smtp.ext.turn.EtrnRequest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code etrn}: asks a server to send what it keeps for some hosts (RFC 1985). */
final class EtrnCommand implements OptionCommand {

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "mailwright etrn",
                        "Ask a server to send the mail that it keeps for a host, and print its answers. Status 0: it"
                                + " does, or keeps none; 75: it may work later; 69: refused for good.")
                .addOption(Options.value("--server", "HOST:PORT", "The server.")
                        .required(true)
                        .build())
                .addOption(
                        Options.value("--helo", "NAME", "The name to present oneself by; this machine's if left out.")
                                .build())
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("NODE")
                        .arity("1..*")
                        .index("0..*")
                        .description("A domain; \"@\" before it means all below it, too; \"#\" and the name of a queue.")
                        .build());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws CommandFailure {
        List<EtrnNode> nodes = new ArrayList<>();
        for (String node : arguments.<List<String>>matchedPositionalValue(0, List.of())) {
            nodes.add(EtrnNode.parse(node).orElseThrow(() -> usage("expected a domain, @DOMAIN or #QUEUE", node)));
        }
        String written = Options.text(arguments, "--server").orElse("");
        HostPort server = HostPort.parse(written)
                .filter(address -> address.port() > 0)
                .orElseThrow(() -> usage("--server: expected HOST:PORT", written));
        ConcurrentLinkedQueue<Reply> replies = new ConcurrentLinkedQueue<>();
        EtrnRequest request = new EtrnRequest(nodes, (node, reply) -> replies.add(reply));
        Optional<Outcome> failure =
                ask(server, Options.text(arguments, "--helo").orElseGet(OwnName::get), request);
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
    private static Optional<Outcome> ask(HostPort server, String hostname, EtrnRequest request) throws CommandFailure {
        try (SmtpClient client =
                SmtpClient.builder(hostname).with(new EtrnExtension()).build()) {
            return client.open(ServerAddress.of(server.host(), server.port())
                            .withSettings(Attributes.EMPTY.with(EtrnExtension.REQUEST, request)))
                    .ready()
                    .get();
        } catch (InterruptedException e) {
            throw new CommandFailure(ExitStatus.TEMPORARY, "interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an opening cannot fail", e);
        }
    }

    private static CommandFailure usage(String expected, String found) {
        return new CommandFailure(ExitStatus.USAGE, "mailwright etrn: " + expected + ", found \"" + found + "\"");
    }
}
