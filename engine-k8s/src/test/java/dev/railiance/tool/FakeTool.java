package dev.railiance.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A real executable that does what a shell script says. */
public final class FakeTool {

    private FakeTool() {}

    /** Writes it; the environment answered finds it and nothing else of that name. */
    public static Map<String, String> write(Path directory, String program, String script) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("fake"));
        Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Map.of("PATH", bin + ":/usr/bin:/bin", "HOME", directory.toString(), "TMPDIR", directory.toString());
    }
}
