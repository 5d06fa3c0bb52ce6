package dev.railiance.effect;

import dev.railiance.promotion.Digest;

/**
 * An object as it is declared.
 *
 * @param digest over its content; a secret's values are in it and nowhere else
 */
public record ClusterObject(String kind, String name, Digest digest) {}
