/**
 * The configuration file: what keys there are, and the records that they become.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.config.ConfigKeys} (every key, in one place),
 * {@link org.mailwright.smtp.distribution.config.ConfigType} (what a value may be),
 * {@link org.mailwright.smtp.distribution.config.ConfigFile} (a file read and checked),
 * {@link org.mailwright.smtp.distribution.config.ServerConfig} (the outcome).
 *
 * <p>Everything that is wrong with a file is found in one go and told as {@code FILE:LINE: KEY: expected …, found …} in
 * one {@link org.mailwright.smtp.distribution.config.ConfigException}.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.config;

import org.jspecify.annotations.NullMarked;
