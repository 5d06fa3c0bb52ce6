/** Whether a ledger is what was written: verification, signed statements of its head, and bundles that leave it. */
@NullMarked
package dev.railiance.audit;

import org.jspecify.annotations.NullMarked;
