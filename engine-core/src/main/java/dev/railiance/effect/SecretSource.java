package dev.railiance.effect;

import dev.railiance.contract.value.SecretLocation;
import dev.railiance.process.Cancellation;

/** Reads a secret at the moment of its use. Never throws for what a location or a cluster can cause. */
@FunctionalInterface
public interface SecretSource {

    Reading read(SecretLocation location, Cancellation cancellation);

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
        /** Whoever the engine runs as may not read it. */
        DENIED,
        /** Where it is kept could not be asked. */
        UNREACHABLE,
        /** It is there, and cannot be sent: it is no text, or has a line break, a control character or a letter beyond ASCII. */
        UNUSABLE
    }
}
