/** The one place that starts processes: argv in, outcome out; the only importer of zt-exec. And what ends work in time that is not a process. */
@NullMarked
package dev.railiance.process;

import org.jspecify.annotations.NullMarked;
