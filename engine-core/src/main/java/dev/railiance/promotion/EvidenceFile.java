package dev.railiance.promotion;

/**
 * A file whose content backs the validation.
 *
 * @param path relative to the repository, with forward slashes
 * @param digest of its content
 * @param bytes its length
 */
public record EvidenceFile(String path, Digest digest, long bytes) {}
