/** Command line tools as adapters see them: an operation is argv in and a record out, an answer never quotes a tool. */
@NullMarked
package dev.railiance.tool;

import org.jspecify.annotations.NullMarked;
