/** The judges of gates: from what was seen to a verdict that can be made again. No clock, no input, no output. */
@NullMarked
package dev.railiance.gate;

import org.jspecify.annotations.NullMarked;
