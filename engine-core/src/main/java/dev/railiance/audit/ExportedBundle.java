package dev.railiance.audit;

import dev.railiance.ledger.Hash;
import dev.railiance.promotion.PromotionId;
import java.util.Optional;

/** A promotion as it leaves a ledger: the bytes of a zip archive, and what is in it. */
public final class ExportedBundle {

    private final PromotionId promotion;
    private final int events;
    private final Hash hash;
    private final boolean contract;
    private final int attestations;
    private final Optional<String> keyId;
    private final byte[] archive;

    ExportedBundle(
            PromotionId promotion,
            int events,
            Hash hash,
            boolean contract,
            int attestations,
            Optional<String> keyId,
            byte[] archive) {
        this.promotion = promotion;
        this.events = events;
        this.hash = hash;
        this.contract = contract;
        this.attestations = attestations;
        this.keyId = keyId;
        this.archive = archive;
    }

    /** Whose bundle it is. */
    public PromotionId promotion() {
        return promotion;
    }

    /** How many events are in it. */
    public int events() {
        return events;
    }

    /** The hash of the last of them. */
    public Hash hash() {
        return hash;
    }

    /** Whether the contract's text is in it; a ledger of an early format did not keep it. */
    public boolean contract() {
        return contract;
    }

    /** How many signed statements are in it. */
    public int attestations() {
        return attestations;
    }

    /** The key that signed it, where one did. */
    public Optional<String> keyId() {
        return keyId;
    }

    /** A copy of the archive. */
    public byte[] archive() {
        return archive.clone();
    }
}
