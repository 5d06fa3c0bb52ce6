/** Failures as values: a code for programs, a message for people, a hint that can be run. */
@NullMarked
package dev.railiance.failure;

import org.jspecify.annotations.NullMarked;
