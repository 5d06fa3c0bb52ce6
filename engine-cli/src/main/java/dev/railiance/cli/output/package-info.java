/** Answers in the form that was asked for, and the progress of work that takes a while. */
@NullMarked
package dev.railiance.cli.output;

import org.jspecify.annotations.NullMarked;
