package org.mailwright.smtp.queue;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the attributes of a mail or a recipient as text, and reads them back: those whose key has a codec.
 *
 * @since 0.1.0
 */
public final class DurableAttributes {

    private static final Logger LOG = LoggerFactory.getLogger(DurableAttributes.class);

    private final Map<String, AttributeKey<?>> keys = new HashMap<>();

    /**
     * Knows some keys; those without a codec are passed over.
     *
     * @throws IllegalArgumentException when two have the same name
     */
    public DurableAttributes(Collection<? extends AttributeKey<?>> known) {
        for (AttributeKey<?> key : known) {
            if (key.codec().isPresent()) {
                AttributeKey<?> other = keys.put(key.name(), key);
                if (other != null && other != key) {
                    throw new IllegalArgumentException("two attributes are called " + key.name());
                }
            }
        }
    }

    /** Returns the text, empty when there is nothing to keep. */
    public String write(Attributes attributes) {
        if (attributes.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        attributes.forEach((key, value) -> {
            if (keys.get(key.name()) == key) {
                text.append(text.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(key.name(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(written(key, value), StandardCharsets.UTF_8));
            }
        });
        return text.toString();
    }

    /** Reads a text. What belongs to an extension that is no longer installed, or cannot be read, is left out. */
    public Attributes read(String text) {
        Attributes attributes = Attributes.EMPTY;
        if (text.isEmpty()) {
            return attributes;
        }
        for (String pair : text.split("&", -1)) {
            int at = pair.indexOf('=');
            String name = URLDecoder.decode(pair.substring(0, Math.max(at, 0)), StandardCharsets.UTF_8);
            AttributeKey<?> key = keys.get(name);
            if (key == null) {
                LOG.warn("attribute {} of a queued mail is not known any more and left out", name);
            } else {
                attributes = with(attributes, key, URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        return attributes;
    }

    @SuppressWarnings("unchecked") // Attributes pair key and value by type
    private static <T> String written(AttributeKey<T> key, Object value) {
        return key.codec().orElseThrow().write().apply((T) value);
    }

    private static <T> Attributes with(Attributes attributes, AttributeKey<T> key, String text) {
        try {
            return attributes.with(key, key.codec().orElseThrow().read().apply(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("attribute {} of a queued mail cannot be read and is left out", key.name(), e);
            return attributes;
        }
    }
}
