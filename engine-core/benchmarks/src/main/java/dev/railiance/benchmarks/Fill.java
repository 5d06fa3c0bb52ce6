package dev.railiance.benchmarks;

import dev.railiance.ledger.Entry;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.StatusRow;
import dev.railiance.ledger.StoredEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes a ledger large: whole lives, each appended at once through the ledger's own port, so that everything is sealed. */
final class Fill {

    /** To decide every life would take many times as long as to write it: they differ in their ids and targets only. */
    private static final Life PATTERN = new Life(0);

    private final List<StoredEvent> pattern = new ArrayList<>();
    private final StatusRow status;
    private int lives;

    Fill() {
        List<Recorded> rows = new Recorded.Maker().life(PATTERN);
        rows.forEach(row -> pattern.addAll(row.events()));
        status = rows.getLast().status();
    }

    /** A ledger with as many events as the options say. */
    static LedgerLocation large(Store store, Options options) throws IOException, SQLException {
        LedgerLocation location = store.fresh(options.directory(), "large");
        long begun = System.nanoTime();
        long events;
        try (Ledger ledger = store.ledger(location)) {
            events = new Fill().upTo(ledger, options.events());
        }
        System.out.printf(
                Locale.ROOT,
                "%,d events filled into %s in %d s%n",
                events,
                store.name(),
                (System.nanoTime() - begun) / 1_000_000_000);
        return location;
    }

    /** Appends whole lives until the ledger has at least so many events; answers how many it has. */
    long upTo(Ledger ledger, long events) {
        try (LedgerSession session = ledger.open()) {
            long position = session.head().position();
            while (position < events) {
                position += append(session);
            }
            return position;
        }
    }

    private int append(LedgerSession session) {
        lives++;
        Life life = new Life(lives);
        List<StoredEvent> history = new ArrayList<>();
        for (StoredEvent event : pattern) {
            history.add(new StoredEvent(
                    life.id(),
                    event.sequence(),
                    event.type(),
                    event.version(),
                    event.at(),
                    named(event.payload(), life)));
        }
        session.append(Entry.of(history, row(life)));
        return history.size();
    }

    private StatusRow row(Life life) {
        return new StatusRow(
                life.id(),
                life.opening().target(),
                status.phase(),
                status.artifactDigest(),
                status.contractDigest(),
                status.sequence(),
                status.openedAt(),
                status.updatedAt(),
                status.summary(),
                named(status.document(), life));
    }

    private static String named(String document, Life life) {
        return document.replace(PATTERN.id().value(), life.id().value())
                .replace("\"shop-0\"", "\"shop-" + life.number() + "\"");
    }
}
