/** What may stand on a command line, and what did; no library, since every command pays for it before it begins. */
@NullMarked
package dev.railiance.cli.args;

import org.jspecify.annotations.NullMarked;
