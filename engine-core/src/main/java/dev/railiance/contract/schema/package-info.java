/** The published JSON Schemas: which there are, what they require, and the defaults they declare. */
@NullMarked
package dev.railiance.contract.schema;

import org.jspecify.annotations.NullMarked;
