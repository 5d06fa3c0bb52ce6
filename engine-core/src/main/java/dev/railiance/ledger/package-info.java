/** The ledger: what was recorded, in order and for good; the port, its stores and the stored form of events. */
@NullMarked
package dev.railiance.ledger;

import org.jspecify.annotations.NullMarked;
