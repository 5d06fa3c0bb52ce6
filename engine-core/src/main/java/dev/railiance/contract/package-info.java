/** The contract: {@code railiance/app.toml} as records, read with positions and checked against schema and cross-field rules. */
@NullMarked
package dev.railiance.contract;

import org.jspecify.annotations.NullMarked;
