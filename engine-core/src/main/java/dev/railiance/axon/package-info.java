/** The promotion as an Axon aggregate over the ledger: command bus, aggregate shell, event storage; the only importer of Axon. */
@NullMarked
package dev.railiance.axon;

import org.jspecify.annotations.NullMarked;
