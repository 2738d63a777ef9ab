package org.mailwright.smtp.testkit;

/** Text that a line must be; "*" stands for any characters, "\*" for a star. */
final class Pattern {

    private final String text;
    private final java.util.regex.Pattern regex;

    Pattern(String text) {
        this.text = text;
        StringBuilder expression = new StringBuilder();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                literal.append('*');
                i++;
            } else if (c == '*') {
                expression
                        .append(java.util.regex.Pattern.quote(literal.toString()))
                        .append(".*");
                literal.setLength(0);
            } else {
                literal.append(c);
            }
        }
        expression.append(java.util.regex.Pattern.quote(literal.toString()));
        this.regex = java.util.regex.Pattern.compile(expression.toString(), java.util.regex.Pattern.DOTALL);
    }

    boolean matches(String line) {
        return regex.matcher(line).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
