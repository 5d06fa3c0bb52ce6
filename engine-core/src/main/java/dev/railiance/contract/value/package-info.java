/** Values that the contract writes as text and that have a meaning of their own: durations, weekly windows, references. */
@NullMarked
package dev.railiance.contract.value;

import org.jspecify.annotations.NullMarked;
