package dev.railiance.contract;

import java.time.Duration;

/**
 * One step of a weighted rollout.
 *
 * @param weight share of the traffic in percent, 1 to 100
 * @param hold how long the share is kept before the next step
 */
public record WeightStep(int weight, Duration hold) {}
