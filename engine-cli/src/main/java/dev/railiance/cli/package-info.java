/** The {@code railiance} command: reads a command line, asks the engine, prints the answer. */
@NullMarked
package dev.railiance.cli;

import org.jspecify.annotations.NullMarked;
