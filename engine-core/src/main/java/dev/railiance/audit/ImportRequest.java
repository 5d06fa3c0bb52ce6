package dev.railiance.audit;

import dev.railiance.signature.TrustedSigners;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A bundle that is to be taken into the ledger.
 *
 * @param file the archive
 * @param signers whose signature counts
 * @param unsigned whether it may do without a signature that was checked
 */
public record ImportRequest(Path file, Optional<TrustedSigners> signers, boolean unsigned) {}
