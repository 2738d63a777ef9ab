package org.mailwright.smtp.distribution.assembly;

import java.util.List;

/** The extensions that belong to the server, as long as their jars are there. */
enum Bundled {
    SIZE("SIZE", "org.mailwright.smtp.ext.size.SizeExtension"),
    STARTTLS("STARTTLS", "org.mailwright.smtp.ext.tls.StartTlsExtension"),
    AUTH("AUTH", "org.mailwright.smtp.ext.auth.AuthExtension"),
    VERIFY("VRFY", "org.mailwright.smtp.ext.verify.VerifyExtension");

    /** What the server itself has, and what can be turned off all the same. */
    static final List<String> ALWAYS = List.of("PIPELINING", "ENHANCEDSTATUSCODES");

    private final String id;
    private final String className;

    Bundled(String id, String className) {
        this.id = id;
        this.className = className;
    }

    String id() {
        return id;
    }

    /** Tells whether its jar is there. */
    boolean isPresent() {
        String resource = className.replace('.', '/') + ".class";
        return Bundled.class.getClassLoader().getResource(resource) != null;
    }
}
