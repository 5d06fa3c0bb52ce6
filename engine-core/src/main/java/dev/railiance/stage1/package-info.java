/** Stage 1, local validation: prerequisites, commands, the local target with its checks, and the evidence. */
@NullMarked
package dev.railiance.stage1;

import org.jspecify.annotations.NullMarked;
