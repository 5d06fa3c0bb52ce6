/** The one place that starts processes: argv in, outcome out; the only importer of zt-exec. */
@NullMarked
package dev.railiance.process;

import org.jspecify.annotations.NullMarked;
