package dev.railiance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, found without asking a name server. */
final class Hosts {

    private Hosts() {}

    static String name() {
        String given = System.getenv().getOrDefault("HOSTNAME", "");
        if (!given.isBlank()) {
            return given;
        }
        try {
            String kernel =
                    Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return kernel.isEmpty() ? "localhost" : kernel;
        } catch (IOException e) {
            return "localhost";
        }
    }
}
