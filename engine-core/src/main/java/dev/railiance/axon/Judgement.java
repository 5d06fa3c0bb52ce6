package dev.railiance.axon;

import dev.railiance.promotion.Decision;
import dev.railiance.promotion.Phase;

/**
 * What became of a command.
 *
 * @param before where the promotion stood when it was decided
 * @param decision on the command
 */
public record Judgement(Phase before, Decision decision) {}
