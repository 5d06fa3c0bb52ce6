package dev.railiance.replay;

import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionId;

/**
 * An event of the ledger with its places.
 *
 * @param position in the whole ledger, from 1
 * @param promotion whose event it is
 * @param sequence among the promotion's events, from 0
 * @param event what happened
 */
public record Recorded(long position, PromotionId promotion, long sequence, PromotionEvent event) {}
