package dev.railiance.audit;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.signature.TrustedSigners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads checkpoints back, and believes those only that carry the right signature. */
final class Anchors {

    private static final int LARGEST_FILE = 1 << 16;

    /** Makes an anchor. It names no file, lest it be written over one that is there and something else. */
    private static final String ANEW = "railiance audit checkpoint --key KEY";

    private Anchors() {}

    /**
     * A checkpoint, and who signed it.
     *
     * @param signer empty where the signature was not to be checked
     */
    record Anchor(Checkpoint checkpoint, Optional<String> signer) {}

    static Outcome<Anchor> read(Path file, Optional<TrustedSigners> signers, boolean unsigned, Instant now) {
        return bytes(file, "the anchor", Code.ANCHOR_INVALID, ANEW).then(content -> {
            Checkpoint checkpoint;
            try {
                checkpoint = Checkpoint.read(content);
            } catch (IllegalArgumentException e) {
                return notDone(Code.ANCHOR_INVALID, "the anchor is no file that audit checkpoint wrote: " + file, ANEW);
            }
            if (signers.isEmpty()) {
                return unsigned
                        ? Outcome.done(new Anchor(checkpoint, Optional.empty()))
                        : notDone(
                                Code.SIGNATURE_MISSING,
                                "the signature on the anchor was not checked: nobody was named whose signature counts",
                                "railiance audit verify --anchor " + file + " --allowed-signers FILE");
            }
            return bytes(
                            Path.of(file + ".sig"),
                            "the anchor's signature",
                            Code.SIGNATURE_MISSING,
                            "take it from where the anchor was signed, and keep the two beside each other")
                    .then(signature -> signers.get().signer(content, signature, Checkpoint.NAMESPACE, now))
                    .then(signer -> Outcome.done(new Anchor(checkpoint, Optional.of(signer))));
        });
    }

    private static Outcome<byte[]> bytes(Path file, String what, Code absent, String hint) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE) {
                return Outcome.done(Files.readAllBytes(file));
            }
            return Files.exists(file)
                    ? notDone(Code.ANCHOR_INVALID, what + " is no file that audit checkpoint wrote: " + file, hint)
                    : notDone(absent, what + " is not there, a file that audit checkpoint writes: " + file, hint);
        } catch (IOException e) {
            return notDone(Code.ANCHOR_INVALID, what + " cannot be read: " + file, hint);
        }
    }

    private static <T> Outcome<T> notDone(Code code, String message, String hint) {
        return Outcome.notDone(new Failure(code, message, hint));
    }
}
