package org.mailwright.smtp.ext.auth.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.text.Utf8;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;

/** Reads one user file, line by line; strict, so that a slip of the hand locks nobody out unnoticed. */
final class UserFileReader {

    static final String DECOY_KEY = "decoy-key";
    static final String ADDRESS = "address";
    static final String ARGON2ID = "argon2id";
    static final int MAX_OCTETS = 64 << 20;

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z0-9_-]+)[ \\t]*=[ \\t]*(.*)");
    private static final Predicate<String> TABLE_HEADER =
            Pattern.compile("\\[\\[[ \\t]*user[ \\t]*\\]\\][ \\t]*(#.*)?").asMatchPredicate();

    private final Path file;
    private final PasswordHasher hasher;
    private final TreeMap<String, Credentials> users = new TreeMap<>();
    private final Map<String, String> values = new HashMap<>();
    private Optional<String> decoyKey = Optional.empty();
    private int line;
    private int tableLine;

    private UserFileReader(Path file, PasswordHasher hasher) {
        this.file = file;
        this.hasher = hasher;
    }

    static UserTable read(Path file, byte[] content, PasswordHasher hasher) throws UserFileException {
        return new UserFileReader(file, hasher).read(content);
    }

    static String scramKey(ScramHash hash) {
        return hash.mechanism().toLowerCase(Locale.ROOT);
    }

    private UserTable read(byte[] content) throws UserFileException {
        String text = Utf8.decode(content).orElseThrow(() -> wrong("", "expected text in UTF-8"));
        for (String raw : text.split("\n", -1)) {
            line++;
            take(strip(raw));
        }
        finishTable();
        return new UserTable(decoyKey, users);
    }

    private void take(String text) throws UserFileException {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        if (TABLE_HEADER.test(text)) {
            finishTable();
            tableLine = line;
            return;
        }
        Matcher assignment = ASSIGNMENT.matcher(text);
        if (!assignment.matches()) {
            throw wrong("", "expected [[user]], key = \"value\", a comment or an empty line");
        }
        String key = assignment.group(1);
        String value = QuotedText.parse(assignment.group(2))
                .orElseThrow(() -> wrong(key, "expected a text in double quotes, on one line"));
        if (tableLine == 0) {
            takeDecoyKey(key, value);
        } else {
            takeUserKey(key, value);
        }
    }

    private void takeDecoyKey(String key, String value) throws UserFileException {
        if (!key.equals(DECOY_KEY)) {
            throw wrong(key, "expected " + DECOY_KEY + " or [[user]] here");
        }
        if (decoyKey.isPresent()) {
            throw wrong(key, "is given twice");
        }
        int octets;
        try {
            octets = Base64.getDecoder().decode(value.getBytes(StandardCharsets.UTF_8)).length;
        } catch (IllegalArgumentException e) {
            throw wrong(key, "expected base64");
        }
        if (octets < 16 || octets > 64) {
            throw wrong(key, "expected 16 to 64 octets in base64");
        }
        decoyKey = Optional.of(value);
    }

    private void takeUserKey(String key, String value) throws UserFileException {
        boolean scram = Arrays.stream(ScramHash.values())
                .anyMatch(hash -> scramKey(hash).equals(key));
        if (!scram && !key.equals(ADDRESS) && !key.equals(ARGON2ID)) {
            throw wrong(key, "expected address, argon2id, scram-sha-1, scram-sha-256 or scram-sha-512");
        }
        if (values.put(key, value) != null) {
            throw wrong(key, "is given twice for this user");
        }
        if (key.equals(ADDRESS)) {
            checkAddress(value);
        } else if (key.equals(ARGON2ID) && !hasher.recognises(value)) {
            throw wrong(key, "expected $argon2id$v=19$m=…,t=…,p=…$salt$hash");
        } else if (scram) {
            keys(key, value);
        }
    }

    private void checkAddress(String value) throws UserFileException {
        String name;
        try {
            name = Username.of(value).value();
        } catch (IllegalArgumentException e) {
            throw wrong(ADDRESS, String.valueOf(e.getMessage()));
        }
        if (users.containsKey(name)) {
            throw wrong(ADDRESS, "another user above has the same address");
        }
    }

    private ScramKeys keys(String key, String value) throws UserFileException {
        return ScramKeys.parse(value)
                .filter(keys -> scramKey(keys.hash()).equals(key))
                .orElseThrow(() -> wrong(
                        key, "expected " + key.toUpperCase(Locale.ROOT) + "$iterations:salt$StoredKey:ServerKey"));
    }

    private void finishTable() throws UserFileException {
        if (tableLine == 0) {
            return;
        }
        String address = values.remove(ADDRESS);
        if (address == null) {
            line = tableLine;
            throw wrong(ADDRESS, "is missing for this user");
        }
        Username user = Username.of(address);
        Map<ScramHash, ScramKeys> scram = new EnumMap<>(ScramHash.class);
        for (ScramHash hash : ScramHash.values()) {
            String text = values.get(scramKey(hash));
            if (text != null) {
                scram.put(hash, keys(scramKey(hash), text));
            }
        }
        users.put(user.value(), new Credentials(user, Optional.ofNullable(values.get(ARGON2ID)), scram));
        values.clear();
    }

    private UserFileException wrong(String key, String expected) {
        return new UserFileException(file, line, key, expected);
    }

    private static String strip(String raw) {
        int from = 0;
        int to = raw.length();
        while (to > from && blank(raw.charAt(to - 1))) {
            to--;
        }
        while (from < to && blank(raw.charAt(from))) {
            from++;
        }
        return raw.substring(from, to);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
