/** Writes docs/app-toml-contract.md from the contract's schema. */
@NullMarked
package dev.railiance.contract.reference;

import org.jspecify.annotations.NullMarked;
