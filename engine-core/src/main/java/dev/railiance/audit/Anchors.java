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

    private Anchors() {}

    /**
     * A checkpoint, and who signed it.
     *
     * @param signer empty where the signature was not to be checked
     */
    record Anchor(Checkpoint checkpoint, Optional<String> signer) {}

    static Outcome<Anchor> read(Path file, Optional<TrustedSigners> signers, boolean unsigned, Instant now) {
        return bytes(file, "the anchor", file, Code.ANCHOR_INVALID).then(content -> {
            Checkpoint checkpoint;
            try {
                checkpoint = Checkpoint.read(content);
            } catch (IllegalArgumentException e) {
                return notDone(
                        file, Code.ANCHOR_INVALID, "the anchor " + file + " is no checkpoint as Railiance writes them");
            }
            if (signers.isEmpty()) {
                return unsigned
                        ? Outcome.done(new Anchor(checkpoint, Optional.empty()))
                        : notDone(
                                file,
                                Code.SIGNATURE_MISSING,
                                "the signature on the anchor was not checked: nobody was named whose signature counts");
            }
            return bytes(file, "the anchor's signature", Path.of(file + ".sig"), Code.SIGNATURE_MISSING)
                    .then(signature -> signers.get().signer(content, signature, Checkpoint.NAMESPACE, now))
                    .then(signer -> Outcome.done(new Anchor(checkpoint, Optional.of(signer))));
        });
    }

    private static Outcome<byte[]> bytes(Path anchor, String what, Path file, Code absent) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE) {
                return Outcome.done(Files.readAllBytes(file));
            }
            return notDone(
                    anchor,
                    Files.exists(file) ? Code.ANCHOR_INVALID : absent,
                    what + " is not there, or no checkpoint has such a file: " + file);
        } catch (IOException e) {
            return notDone(anchor, Code.ANCHOR_INVALID, what + " cannot be read: " + file);
        }
    }

    private static <T> Outcome<T> notDone(Path anchor, Code code, String message) {
        return Outcome.notDone(
                new Failure(code, message, "railiance audit verify --anchor " + anchor + " --allowed-signers FILE"));
    }
}
