package dev.railiance.promotion;

/**
 * Who acts: a person or a machine, by the name under which approvals know them.
 *
 * @param name not blank, at most 200 characters, no control characters
 */
public record Actor(String name) {

    public Actor {
        if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an actor's name has 1 to 200 characters and no control characters");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
