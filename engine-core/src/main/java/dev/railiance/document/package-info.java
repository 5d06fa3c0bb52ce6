/** Result documents: what a consumer gets, in the form that the schemas describe. */
@NullMarked
package dev.railiance.document;

import org.jspecify.annotations.NullMarked;
