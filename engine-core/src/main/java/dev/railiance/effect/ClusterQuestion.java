package dev.railiance.effect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment needs of tools and cluster.
 *
 * @param contexts those that may be deployed to; empty: any
 * @param secrets keys that must exist
 * @param conditions resources whose condition must be true
 * @param image that must carry a signature
 * @param rendering whether charts are rendered for the cluster next, which takes its kinds
 */
public record ClusterQuestion(
        List<String> contexts,
        List<SecretKey> secrets,
        List<Condition> conditions,
        Optional<SignedImage> image,
        boolean rendering) {

    public ClusterQuestion {
        contexts = List.copyOf(contexts);
        secrets = List.copyOf(secrets);
        conditions = List.copyOf(conditions);
    }

    /** A key of a secret in the cluster, under the name that the contract gives it. */
    public record SecretKey(String name, String namespace, String secret, String key) {}

    /**
     * A resource whose condition must be true.
     *
     * @param name as the contract calls the dependency
     * @param resource {@code kind/name}
     * @param namespace that of the deployment where empty
     */
    public record Condition(
            String name,
            boolean required,
            String resource,
            String condition,
            Optional<String> namespace,
            Duration timeout) {}

    /**
     * An image and who must have signed it.
     *
     * @param image its name without a tag
     * @param digest what a signature is of; an image without one cannot be verified
     * @param identity the one in the certificate
     * @param issuer who has vouched for the identity
     */
    public record SignedImage(String image, Optional<String> digest, String identity, String issuer) {}
}
