package dev.railiance.promotion;

/**
 * What a deployment left behind.
 *
 * @param name of the release
 * @param namespace that it is in
 * @param revision as the deployer counts them, 0 where it does not
 * @param manifests digest of what was rendered
 */
public record Release(String name, String namespace, int revision, Digest manifests) {}
