/** Asks servers over HTTP/1.1: one connection, one request, one answer, all of it within one deadline. */
@NullMarked
package dev.railiance.http;

import org.jspecify.annotations.NullMarked;
