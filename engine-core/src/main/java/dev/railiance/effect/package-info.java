/** The ports: what the engine asks of the world outside, answered by adapters, in values that hold no output of any tool. */
@NullMarked
package dev.railiance.effect;

import org.jspecify.annotations.NullMarked;
