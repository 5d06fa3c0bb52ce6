/** What an engine tells those who watch it: how long things took and how they ended. */
@NullMarked
package dev.railiance.metric;

import org.jspecify.annotations.NullMarked;
