package dev.railiance.contract;

import java.util.Optional;

/** Who answers for the application: a team, and how to reach it in office hours and out of them. */
public record Owner(String team, Optional<String> contact, Optional<String> escalation) {}
