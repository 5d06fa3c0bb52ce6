package dev.railiance.promotion;

/**
 * What shows that a person said something: all of it is kept in the ledger by its digest.
 *
 * @param statement what was signed
 * @param signature over it
 * @param signers who could sign, as it was then
 * @param key fingerprint of the key that signed
 */
public record Proof(Digest statement, Digest signature, Digest signers, String key) {}
