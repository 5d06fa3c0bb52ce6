/** Signatures as other tools make and check them: SSH signatures and Ed25519 keys in PEM. */
@NullMarked
package dev.railiance.signature;

import org.jspecify.annotations.NullMarked;
