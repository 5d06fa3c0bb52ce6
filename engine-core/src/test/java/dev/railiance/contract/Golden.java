package dev.railiance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a committed file; {@code -Dgolden.update=true} writes the file instead. */
public final class Golden {

    private Golden() {}

    /** Fails where the file is not exactly the text. */
    public static void check(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
            return;
        }
        assertTrue(Files.exists(file), () -> file + " is missing: run the test with -Dgolden.update=true");
        assertEquals(
                Files.readString(file),
                actual,
                () -> file + " differs: run the test with -Dgolden.update=true, and look");
    }
}
