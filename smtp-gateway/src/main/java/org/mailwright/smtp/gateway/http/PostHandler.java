package org.mailwright.smtp.gateway.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.gateway.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one POST: checks who it is, reads the mail, gives it to a session, and says what became of it. */
final class PostHandler implements HttpHandler {
    static final String PATH = "/v1/mail";

    private static final Logger LOG = LoggerFactory.getLogger(HttpInlet.class);
    private static final Set<String> CONTENT = Set.of("message/rfc822", "message/global");
    private static final int BUFFER = 16 * 1024;

    private final HttpInletConfig config;
    private final CredentialCheck credentials;
    private final PostSession sessions;
    private final RequestThreads threads;

    PostHandler(HttpInletConfig config, CredentialCheck credentials, PostSession sessions, RequestThreads threads) {
        this.config = config;
        this.credentials = credentials;
        this.sessions = sessions;
        this.threads = threads;
    }

    /** Says that a request goes no further. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Refused(int status, String detail) {
            super(detail);
            this.problem = Problem.of(status, detail);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange;
                Spool content = new Spool(config.folder())) {
            try {
                MailPost post = post(exchange, content);
                threads.untimed();
                answer(exchange, sessions.take(post));
            } catch (Refused e) {
                problem(exchange, e.problem);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the time was over: what is written now ends the connection
            }
        } catch (RuntimeException bug) {
            LOG.error("http inlet: a request of {} failed", exchange.getRemoteAddress(), bug);
            throw bug;
        }
    }

    private MailPost post(HttpExchange exchange, Spool content) throws Refused, IOException {
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            throw new Refused(404, "There is nothing here but " + PATH);
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            throw new Refused(405, "A mail is sent with POST");
        }
        Headers headers = exchange.getRequestHeaders();
        Identity identity = identity(exchange);
        String type = Optional.ofNullable(headers.getFirst("Content-Type")).orElse("");
        if (!CONTENT.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
            throw new Refused(415, "The body is a mail: message/rfc822");
        }
        List<String> from = envelope(exchange, "from", "X-Envelope-From");
        List<String> to = envelope(exchange, "to", "X-Envelope-To");
        if (from.size() != 1 || to.isEmpty()) {
            throw new Refused(400, "The envelope is one \"from\" and at least one \"to\"");
        }
        MailPost post;
        try {
            post = new MailPost(
                    ReversePath.parse(bracketed(from.get(0))),
                    to.stream().map(one -> ForwardPath.parse(bracketed(one))).toList(),
                    content,
                    identity,
                    exchange.getRemoteAddress(),
                    exchange.getLocalAddress(),
                    exchange instanceof HttpsExchange secured
                            ? Optional.of(SessionTls.of(secured.getSSLSession()))
                            : Optional.empty());
        } catch (AddressSyntaxException e) {
            throw new Refused(400, "Not an address: " + e.getMessage());
        }
        read(exchange, content);
        return post;
    }

    private Identity identity(HttpExchange exchange) throws Refused, IOException {
        String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        Optional<Identity> identity = Optional.empty();
        if (given.regionMatches(true, 0, "Basic ", 0, 6)) {
            String pair = decoded(given.substring(6).strip());
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                try {
                    identity = credentials.check(
                            pair.substring(0, colon), pair.substring(colon + 1), exchange.getRemoteAddress());
                } catch (IOException e) {
                    LOG.warn("http inlet: credentials cannot be checked: {}", e.toString());
                    throw new Refused(503, "Credentials cannot be checked now");
                }
            }
        }
        if (identity.isEmpty()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"mail\", charset=\"UTF-8\"");
            throw new Refused(401, "Name and password, please");
        }
        return identity.get();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    /** Returns the values of a parameter of the query, else those of a header. */
    private static List<String> envelope(HttpExchange exchange, String name, String header) throws Refused {
        List<String> found = new ArrayList<>();
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                try {
                    found.add(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    throw new Refused(400, "The query is not encoded as it should be");
                }
            }
        }
        if (found.isEmpty()) {
            found.addAll(Optional.ofNullable(exchange.getRequestHeaders().get(header))
                    .orElse(List.of()));
        }
        return found;
    }

    private static String bracketed(String address) {
        String bare = address.strip();
        return bare.startsWith("<") ? bare : "<" + bare + ">";
    }

    private void read(HttpExchange exchange, Spool content) throws Refused, IOException {
        String length = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Length"))
                .orElse("");
        if (length.matches("[0-9]{1,18}") && Long.parseLong(length) > config.size()) {
            throw tooLarge();
        }
        InputStream body = exchange.getRequestBody();
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (content.size() + count > config.size()) {
                throw tooLarge();
            }
            content.write(buffer, 0, count);
        }
        if (content.size() == 0) {
            throw new Refused(400, "The mail is empty");
        }
    }

    private Refused tooLarge() {
        return new Refused(413, "A mail has at most " + config.size() + " octets here");
    }

    private static void answer(HttpExchange exchange, MailPost.Answer answer) throws IOException {
        if (answer.reply().isPositive()) {
            send(exchange, 202, "application/json", Problem.taken(answer.id(), answer.reply()));
        } else {
            problem(exchange, Problem.of(answer.reply()));
        }
    }

    private static void problem(HttpExchange exchange, Problem problem) throws IOException {
        if (problem.status() == 413) {
            exchange.getResponseHeaders().set("Connection", "close"); // nobody wants to read the rest
        }
        send(exchange, problem.status(), "application/problem+json", problem.json());
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }
}
