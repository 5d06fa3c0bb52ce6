package dev.railiance.benchmarks;

import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.SharedLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as its users start it: each time a process of its own. */
record Command(Path launcher) {

    /** Runs to its end, and throws if it did not succeed. */
    void carryOut(LedgerLocation ledger, String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(launcher.toString()));
        argv.addAll(List.of(arguments));
        var builder = new ProcessBuilder(argv)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        var environment = builder.environment();
        switch (ledger) {
            case LedgerLocation.Embedded embedded ->
                environment.put(
                        "RAILIANCE_LEDGER",
                        embedded.directory().toAbsolutePath().toString());
            case SharedLocation shared -> {
                environment.put("RAILIANCE_LEDGER", shared.url());
                shared.user().ifPresent(user -> environment.put("RAILIANCE_LEDGER_USER", user));
                shared.password().ifPresent(password -> environment.put("RAILIANCE_LEDGER_PASSWORD", password));
            }
        }
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException(arguments[0] + " ended with " + code);
        }
    }
}
