package org.mailwright.smtp.distribution.control;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an operator can ask of a server.
 *
 * @param version of the server
 * @param queue its queue, if it has one
 * @param reload reads the configuration again; runs on a thread of its own, two at the same time when asked so
 * @param clock tells the time that ages are counted from
 * @since 0.1.0
 */
public record Controlled(
        String version, Optional<ControlledQueue> queue, Supplier<ReloadOutcome> reload, InstantSource clock) {}
