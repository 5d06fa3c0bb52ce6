package dev.railiance.audit;

import dev.railiance.signature.SigningKey.Signed;

/**
 * A checkpoint and the signature over it.
 *
 * @param checkpoint what is said
 * @param signature over its bytes
 */
public record SignedCheckpoint(Checkpoint checkpoint, Signed signature) {}
