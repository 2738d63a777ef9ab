/**
 * Where credentials are kept, and how a password is compared with them.
 *
 * <p>Reading order: {@link org.mailwright.smtp.ext.auth.store.CredentialStore} and
 * {@link org.mailwright.smtp.ext.auth.store.Credentials} (any store can be plugged in),
 * {@link org.mailwright.smtp.ext.auth.store.PasswordVerifier} and its usual form
 * {@link org.mailwright.smtp.ext.auth.store.StoredPasswords} (one hash for every attempt, whether the user exists or
 * not), {@link org.mailwright.smtp.ext.auth.store.PasswordHasher} and
 * {@link org.mailwright.smtp.ext.auth.store.Argon2id}, {@link org.mailwright.smtp.ext.auth.store.HashingPool} (bounds
 * that work), {@link org.mailwright.smtp.ext.auth.store.Enroller} (makes credentials) and
 * {@link org.mailwright.smtp.ext.auth.store.UserFile} (keeps them in a file).
 *
 * <p>Failure cases: a store that cannot be read or a pool that is too busy is an {@link java.io.IOException}, which
 * becomes a temporary reply; a file that breaks its format is a
 * {@link org.mailwright.smtp.ext.auth.store.UserFileException} with file, line and key, at the start a refusal to
 * start, later a warning while the last good content stays in force.
 */
@NullMarked
package org.mailwright.smtp.ext.auth.store;

import org.jspecify.annotations.NullMarked;
