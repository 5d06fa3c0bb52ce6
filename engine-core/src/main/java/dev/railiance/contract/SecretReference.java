package dev.railiance.contract;

import dev.railiance.contract.value.SecretLocation;
import java.util.Set;

/** A secret by name and place, never by value, and the stages (1 to 3) that need it. */
public record SecretReference(String name, SecretLocation location, Set<Integer> neededIn) {

    public SecretReference {
        neededIn = Set.copyOf(neededIn);
    }
}
