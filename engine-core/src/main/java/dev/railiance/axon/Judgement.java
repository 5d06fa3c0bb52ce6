package dev.railiance.axon;

import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Promotion;

/**
 * What became of a command.
 *
 * @param before the promotion as it was when it was decided
 * @param decision on the command
 */
public record Judgement(Promotion before, Decision decision) {}
