package dev.railiance.contract;

import dev.railiance.contract.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What reading {@code railiance/app.toml} gave. */
public sealed interface Contract {

    /** The file as reports name it: relative to the repository where it lies in it. */
    String file();

    /** Everything that is wrong, in the order of the file; of a valid contract only warnings. */
    List<Fault> faults();

    /**
     * A contract that holds.
     *
     * @param digest {@code sha256:} and the SHA-256 of the file's bytes in hexadecimal
     * @param bytes the file's bytes, read-only
     */
    record Valid(String file, AppContract contract, String digest, ByteBuffer bytes, List<Fault> faults)
            implements Contract {

        public Valid {
            faults = List.copyOf(faults);
            bytes = bytes.asReadOnlyBuffer();
        }

        /** The file's text. */
        public String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
    }

    /** A contract with at least one error. */
    record Invalid(String file, List<Fault> faults) implements Contract {

        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
