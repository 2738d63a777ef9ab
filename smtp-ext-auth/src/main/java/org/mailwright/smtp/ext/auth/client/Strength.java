package org.mailwright.smtp.ext.auth.client;

/** The order of the mechanisms: of those that a server offers, the one with the highest number is taken. */
final class Strength {

    static final int LOGIN = 100;
    static final int PLAIN = 110;
    static final int CRAM_MD5 = 200;
    static final int XOAUTH2 = 300;
    static final int OAUTHBEARER = 310;
    static final int SCRAM = 400;
    static final int SCRAM_PLUS = 500;
    static final int EXTERNAL = 600;

    private Strength() {}
}
