package dev.railiance.ledger;

import dev.railiance.promotion.PromotionId;
import java.time.Instant;

/**
 * An event as the ledger keeps it.
 *
 * @param position its place in the whole ledger, from 1; 0 before it is appended
 * @param promotion whose event it is
 * @param sequence its place among the promotion's events, from 0
 * @param type literal name, such as {@code promotion.validated}: lower-case letters, dots and hyphens; never a class name
 * @param version of the type, from 1
 * @param at when it was recorded, whole microseconds
 * @param payload JSON object in its canonical form (RFC 8785)
 * @param seal ties it to its predecessors; {@link Seal#NONE} before it is appended
 */
public record StoredEvent(
        long position,
        PromotionId promotion,
        long sequence,
        String type,
        int version,
        Instant at,
        String payload,
        Seal seal) {

    /** An event that has not been appended yet. */
    public StoredEvent(PromotionId promotion, long sequence, String type, int version, Instant at, String payload) {
        this(0, promotion, sequence, type, version, at, payload, Seal.NONE);
    }

    /** The same event, at a place. */
    public StoredEvent placed(long newPosition, Seal newSeal) {
        return new StoredEvent(newPosition, promotion, sequence, type, version, at, payload, newSeal);
    }
}
