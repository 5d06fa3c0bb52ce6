package dev.railiance.ledger;

import dev.railiance.promotion.PromotionId;
import java.time.Instant;

/**
 * An event as the ledger keeps it.
 *
 * @param position its place in the whole ledger, from 1; 0 before it is appended
 * @param promotion whose event it is
 * @param sequence its place among the promotion's events, from 0
 * @param type literal name, such as {@code promotion.validated}; never a class name
 * @param version of the type, from 1
 * @param at when it was recorded, whole microseconds
 * @param payload JSON object in its canonical form
 */
public record StoredEvent(
        long position, PromotionId promotion, long sequence, String type, int version, Instant at, String payload) {}
