/**
 * The rules that keep the modules apart. {@code Rules} has them, {@code ArchitectureTest} holds the product's classes
 * against them, {@code RulesTest} shows on the classes of {@code broken} that each rule sees what it forbids.
 */
@NullMarked
package org.mailwright.smtp.architecture;

import org.jspecify.annotations.NullMarked;
