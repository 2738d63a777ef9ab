package org.mailwright.smtp.distribution.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tomlj.Toml;

/** Values as they are written in a configuration file. */
final class TomlText {
    private TomlText() {}

    static String of(Object value) {
        return switch (value) {
            case String text -> "\"" + Toml.tomlEscape(text) + "\"";
            case List<?> list -> list.stream().map(TomlText::of).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(one -> TomlText.of(one.getKey()) + " = " + TomlText.of(one.getValue()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
            default -> value.toString();
        };
    }
}
