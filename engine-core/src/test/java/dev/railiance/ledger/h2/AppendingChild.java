package dev.railiance.ledger.h2;

import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.promotion.Phase;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A second process that appends events to a ledger and says so after each one that was acknowledged. Arguments: directory,
 * number of the promotion, how many events, how many of them in one session, size of a payload, pause after each in ms.
 */
final class AppendingChild {

    private AppendingChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        int promotion = Integer.parseInt(arguments[1]);
        int events = Integer.parseInt(arguments[2]);
        int perSession = Integer.parseInt(arguments[3]);
        int size = Integer.parseInt(arguments[4]);
        int pause = Integer.parseInt(arguments[5]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        LedgerLocation.Embedded location = new LedgerLocation.Embedded(Path.of(arguments[0]));
        try (H2Ledger ledger = new H2Ledger(location, Duration.ofSeconds(30))) {
            int sequence = 0;
            while (sequence < events) {
                try (LedgerSession session = ledger.open()) {
                    for (int i = 0; i < perSession && sequence < events; i++) {
                        session.append(
                                List.of(Samples.event(promotion, sequence, size)),
                                Samples.status(promotion, sequence, Phase.OPENED));
                        out.println(sequence);
                        sequence++;
                        Thread.sleep(pause);
                    }
                    out.println("closing");
                }
            }
            out.println("done");
        }
    }
}
