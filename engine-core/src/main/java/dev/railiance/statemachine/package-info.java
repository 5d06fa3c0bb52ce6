/** The judge of legality: a Spring Statemachine graph made from the lifecycle table; the only importer of Spring. */
@NullMarked
package dev.railiance.statemachine;

import org.jspecify.annotations.NullMarked;
