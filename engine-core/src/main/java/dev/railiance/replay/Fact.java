package dev.railiance.replay;

/**
 * One thing that a guard looked at.
 *
 * @param name what it is, for people
 * @param value what it was, for people
 */
public record Fact(String name, String value) {}
