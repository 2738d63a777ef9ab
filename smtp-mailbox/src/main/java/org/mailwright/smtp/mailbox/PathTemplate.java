package org.mailwright.smtp.mailbox;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern for the folder of a mailbox, such as {@code /var/mail/{domain}/{user}}.
 *
 * <p>{@code {domain}} and {@code {user}} are replaced by encoded names that hold no separator and do not begin with a
 * dot: whatever an address says, the folder stays where the pattern puts it.
 *
 * @param base the folder that a relative pattern begins at
 * @param template the pattern; must hold {@code {user}}
 * @since 0.1.0
 */
public record PathTemplate(Path base, String template) {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");

    /**
     * A template.
     *
     * @throws IllegalArgumentException naming what is wrong: no {@code {user}}, another place holder, a stray brace
     */
    public PathTemplate {
        base = base.toAbsolutePath().normalize();
        Matcher place = PLACE.matcher(template);
        boolean user = false;
        while (place.find()) {
            String name = place.group(1);
            if (!name.equals("user") && !name.equals("domain")) {
                throw new IllegalArgumentException("expected {user} and {domain}, found {" + name + "}");
            }
            user |= name.equals("user");
        }
        if (!user) {
            throw new IllegalArgumentException("expected {user} in it, so that each user has a folder, found none");
        }
        String rest = place.replaceAll("");
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0 || rest.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("expected {user} and {domain}, found another brace");
        }
    }

    /** The absolute folder of a mailbox. */
    public Path resolve(LocalMailbox mailbox) {
        String user = PathNames.component(mailbox.user());
        String domain = PathNames.component(mailbox.domain());
        String path = PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(place.group(1).equals("user") ? user : domain));
        return base.resolve(path).normalize();
    }

    @Override
    public String toString() {
        return base.resolve(template).toString();
    }
}
