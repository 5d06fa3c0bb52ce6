package dev.railiance.audit;

import dev.railiance.signature.TrustedSigners;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be verified.
 *
 * @param promotion an id, or the beginning of one: only this promotion, without the ledger around it
 * @param anchor a checkpoint that the ledger is held against; its signature lies beside it, with {@code .sig} appended
 * @param signers whose signature on the anchor counts
 * @param unsigned whether an anchor may do without a signature that was checked
 * @param chainOnly whether payloads and histories are left out
 * @param statuses whether the status rows are compared with rebuilt ones
 */
public record VerifyRequest(
        Optional<String> promotion,
        Optional<Path> anchor,
        Optional<TrustedSigners> signers,
        boolean unsigned,
        boolean chainOnly,
        boolean statuses) {

    /** The whole ledger by itself. */
    public static final VerifyRequest LEDGER =
            new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, false, false);
}
