/**
 * The AUTH extension of RFC 4954, server and client half.
 *
 * <p>Reading order: {@link org.mailwright.smtp.ext.auth.AuthExtension} (what is declared),
 * {@link org.mailwright.smtp.ext.auth.AuthConfig} and {@link org.mailwright.smtp.ext.auth.UserSources} (what it is made
 * of), then {@code AuthVerb} and {@code AuthDialogue} (a server's attempt), {@code Attempts} (what follows failures),
 * {@code LoginStep} (a client's attempt), {@link org.mailwright.smtp.ext.auth.Submitter} (the parameter of MAIL). The
 * mechanisms are in {@code mechanism} and {@code client}, the users in {@code store}.
 *
 * <p>Failure cases: wrong name, wrong password and a foreign identity get the same 535, after the same work and the
 * same delay; a store that cannot be asked gets 454; what is no base64 or breaks the mechanism's grammar gets 501. A
 * client gives up when the server offers nothing that may be used, or cannot prove what the mechanism asks of it.
 */
@NullMarked
package org.mailwright.smtp.ext.auth;

import org.jspecify.annotations.NullMarked;
