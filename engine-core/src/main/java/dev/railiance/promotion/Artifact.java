package dev.railiance.promotion;

import java.util.Optional;

/**
 * What moves through the stages.
 *
 * @param revision git commit, or the content digest of the files outside git
 * @param dirty whether files differ from the revision
 * @param content digest of the files, where the revision alone does not fix them
 * @param image the container image's name, without tag and digest
 * @param imageDigest the image's digest
 */
public record Artifact(
        String revision,
        boolean dirty,
        Optional<Digest> content,
        Optional<String> image,
        Optional<Digest> imageDigest) {

    /** One digest over all that identifies the artifact: equal digests, same artifact. */
    public Digest digest() {
        return Digest.ofParts(
                "artifact.v1",
                revision,
                content.map(Digest::value).orElse(""),
                image.orElse(""),
                imageDigest.map(Digest::value).orElse(""));
    }

    /** Whether what would be deployed is known to the byte. */
    boolean fixed(boolean digestPinned) {
        return !dirty && (!digestPinned || image.isEmpty() || imageDigest.isPresent());
    }
}
