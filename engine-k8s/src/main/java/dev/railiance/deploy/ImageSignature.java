package dev.railiance.deploy;

import dev.railiance.effect.ClusterQuestion.SignedImage;
import dev.railiance.effect.Prerequisite;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.tool.Answer;
import dev.railiance.tool.Answer.Cause;
import dev.railiance.tool.Tool;

/** Whether an image is signed as the contract asks. What cannot be verified is not signed. */
final class ImageSignature {

    private static final String NAME = "signature";

    private ImageSignature() {}

    static Prerequisite of(SignedImage image, Tool cosign, Cancellation cancellation) {
        if (image.digest().isEmpty()) {
            return Prerequisite.unmet(
                    NAME,
                    "a tag can be moved, and what is signed is a digest: set artifact.digest in the contract",
                    "");
        }
        var verify = new CosignVerify(image);
        return switch (cosign.run(verify, OutputSink.NONE, cancellation)) {
            case Answer.Done<Boolean> done -> Prerequisite.met(NAME, "verified: signed by " + image.identity());
            case Answer.NotDone<Boolean> not ->
                Prerequisite.unmet(
                        NAME,
                        not.reason(),
                        not.cause() == Cause.MISSING
                                ? "install cosign: https://docs.sigstore.dev/cosign/system_config/installation/"
                                : String.join(" ", verify.argv()));
        };
    }
}
