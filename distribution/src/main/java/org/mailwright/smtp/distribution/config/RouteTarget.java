package org.mailwright.smtp.distribution.config;

import java.net.URI;
import java.nio.file.Path;
import org.mailwright.smtp.gateway.pipe.PipeConfig;
import org.mailwright.smtp.relay.NextHop;

/**
 * Where a route leads.
 *
 * @since 0.1.0
 */
public sealed interface RouteTarget {
    /** What a configuration may say. */
    String EXPECTED = "a next hop (\"DOMAIN\", \"[HOST]\" or \"[ADDRESS]\", perhaps with \":PORT\"), \""
            + PipeCommand.FORM + "\", \"https://HOST/PATH\" or \"bsmtp:FOLDER\"";

    /** To a mail server. */
    record Hop(NextHop hop) implements RouteTarget {}

    /** To a program. */
    record Program(PipeConfig program) implements RouteTarget {}

    /** To a program on the web. */
    record Webhook(URI url) implements RouteTarget {}

    /** To a folder of files of batch SMTP (RFC 2442). */
    record Batch(Path folder) implements RouteTarget {}

    /**
     * Reads what a configuration says; a folder is not resolved yet.
     *
     * @throws IllegalArgumentException when it is none of them; with a message when it is nearly one
     */
    static RouteTarget parse(String text) {
        if (text.startsWith(PipeCommand.PREFIX)) {
            return new Program(PipeCommand.parse(text));
        }
        if (text.startsWith("bsmtp:")) {
            return new Batch(folder(text.substring("bsmtp:".length())));
        }
        if (text.startsWith("https:") || text.startsWith("http:")) {
            return new Webhook(url(text));
        }
        return new Hop(hop(text));
    }

    private static NextHop hop(String text) {
        try {
            return NextHop.parse(text, NextHop.SMTP_PORT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("", e); // that it is none says all
        }
    }

    private static Path folder(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("behind \"bsmtp:\" stands a folder");
        }
        return Path.of(text);
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("a URL here has a host, no user and no fragment");
        }
        if (url.getScheme().equals("http") && !isThisHost(url.getHost())) {
            throw new IllegalArgumentException("\"http:\" is for this host alone: others could read the mail");
        }
        return url;
    }

    private static boolean isThisHost(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.[0-9.]+");
    }
}
