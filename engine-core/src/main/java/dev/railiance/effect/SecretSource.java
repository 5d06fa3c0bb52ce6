package dev.railiance.effect;

import dev.railiance.contract.value.SecretLocation;

/** Reads a secret at the moment of its use. */
@FunctionalInterface
public interface SecretSource {

    Reading read(SecretLocation location);

    /** What came of reading. */
    sealed interface Reading {

        /** The secret; never printed. */
        record Found(String secret) implements Reading {

            @Override
            public String toString() {
                return "Found[***]";
            }
        }

        record Lacking(Lack lack) implements Reading {}
    }

    /** Why a secret cannot be had. */
    enum Lack {
        /** There is nothing at the location, or it is empty. */
        ABSENT,
        /** This source does not read locations of that kind. */
        UNSUPPORTED,
        /** It is there, and cannot be sent: it has a line break or a control character. */
        UNUSABLE
    }
}
