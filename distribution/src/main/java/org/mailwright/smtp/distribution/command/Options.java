package org.mailwright.smtp.distribution.command;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The building blocks of a command's options; built without reflection. */
final class Options {
    static final String CONFIG = "--config";

    private Options() {}

    /** A command with {@code --help}. */
    static CommandSpec command(String name, String summary) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(summary).sortOptions(false);
        return spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and end.")
                .build());
    }

    static OptionSpec config() {
        return value(CONFIG, "FILE", "The configuration file; without one, the defaults of `print-defaults` hold.")
                .build();
    }

    /** The value of {@code --config}. */
    static Optional<String> config(ParseResult arguments) {
        return text(arguments, CONFIG);
    }

    /** The value of an option, when it was given. */
    static Optional<String> text(ParseResult arguments, String option) {
        return Optional.ofNullable(arguments.<String>matchedOptionValue(option, null));
    }

    static OptionSpec.Builder value(String name, String label, String help) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .arity("1")
                .description(help);
    }

    static OptionSpec flag(String name, String help) {
        return OptionSpec.builder(name)
                .arity("0")
                .type(boolean.class)
                .description(help)
                .build();
    }

    static PositionalParamSpec argument(String label, String arity, String help) {
        return PositionalParamSpec.builder()
                .type(String.class)
                .paramLabel(label)
                .arity(arity)
                .index("0")
                .description(help)
                .build();
    }
}
