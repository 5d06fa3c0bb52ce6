package dev.railiance.effect;

import dev.railiance.promotion.AttemptId;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.PromotionId;

/**
 * By what a release is known to be ours, and made by which attempt.
 *
 * @param artifact digest of what moves
 * @param weight the canary's share of the traffic, in percent
 */
public record Mark(PromotionId promotion, AttemptId attempt, Digest artifact, int weight) {}
