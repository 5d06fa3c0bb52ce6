/** The verbs: one file each, which says what may be asked and asks it. */
@NullMarked
package dev.railiance.cli.verb;

import org.jspecify.annotations.NullMarked;
