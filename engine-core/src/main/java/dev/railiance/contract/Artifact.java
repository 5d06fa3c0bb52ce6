package dev.railiance.contract;

import java.util.Optional;

/**
 * The image that is promoted.
 *
 * @param image reference without tag and digest; an application without an image promotes its source
 * @param digest {@code sha256:} and 64 hexadecimal digits; always present for an image under {@link Policy#DIGEST_PINNED}
 */
public record Artifact(
        Optional<String> image,
        Optional<String> tag,
        Optional<String> digest,
        Policy policy,
        Optional<Signature> signature) {

    /** Whether an image may be named by its tag alone. */
    public enum Policy {
        DIGEST_PINNED,
        TAG_ALLOWED
    }

    /** The cosign keyless identity, and its issuer, that must have signed the image. */
    public record Signature(String identity, String issuer) {}
}
