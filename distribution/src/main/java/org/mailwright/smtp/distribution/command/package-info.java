/**
 * The command line: {@code mailwright serve}, {@code user}, {@code send} and the others.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.command.CommandLineTool} (which command),
 * {@link org.mailwright.smtp.distribution.command.Subcommand} (what a command is),
 * {@link org.mailwright.smtp.distribution.command.Terminal} (all that a command sees of the world), and a class per
 * command. Only the class of the command that was asked for is loaded.
 *
 * <p>Failure cases: every command ends with an {@link org.mailwright.smtp.distribution.command.ExitStatus}; one line on
 * standard error says why it is not 0.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.command;

import org.jspecify.annotations.NullMarked;
