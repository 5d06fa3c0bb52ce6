/** Approvals: what people state and sign, who may, and how many are still missing. */
@NullMarked
package dev.railiance.approval;

import org.jspecify.annotations.NullMarked;
