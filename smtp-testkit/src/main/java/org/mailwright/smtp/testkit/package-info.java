/**
 * What tests of servers, clients and extensions need. Read {@link org.mailwright.smtp.testkit.Transcript} (dialogues as
 * text) and {@link org.mailwright.smtp.testkit.TranscriptTest} (which plays them), then
 * {@link org.mailwright.smtp.testkit.TestService} (what is tested), {@link org.mailwright.smtp.testkit.RecordingSink}
 * (takes mails, and fails on demand), {@link org.mailwright.smtp.testkit.SmtpServerExtension} (a running server) and
 * {@link org.mailwright.smtp.testkit.TestClock}. Tests of clients begin with
 * {@link org.mailwright.smtp.testkit.ScriptedPeer}; what holds for every extension is in {@code contract}.
 *
 * <p>Failure cases: a line of a transcript that is none (named with its file and number); a server that says something
 * else, more, or nothing (the dialogue so far is shown); octets that come alone and make a difference; a session that
 * uses a sink against its contract.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.testkit;

import org.jspecify.annotations.NullMarked;
