/** What is wrong with a contract: faults with positions, and the forms in which they are shown. */
@NullMarked
package dev.railiance.contract.fault;

import org.jspecify.annotations.NullMarked;
