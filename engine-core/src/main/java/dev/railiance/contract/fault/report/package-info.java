/** The forms in which a contract's faults are shown: to people, to programs, to editors and to build servers. */
@NullMarked
package dev.railiance.contract.fault.report;

import org.jspecify.annotations.NullMarked;
