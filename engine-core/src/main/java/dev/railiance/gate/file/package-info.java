/** Recorded samples from files, judged offline. */
@NullMarked
package dev.railiance.gate.file;

import org.jspecify.annotations.NullMarked;
