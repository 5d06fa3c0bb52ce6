package dev.railiance.ledger.h2;

import dev.railiance.audit.Audit;
import dev.railiance.audit.AuditVerification;
import dev.railiance.audit.VerifyRequest;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Kills a process that appends to a ledger, again and again, and counts acknowledged events that are not there afterwards. To
 * be run by hand: {@code java -cp TEST-CLASS-PATH dev.railiance.ledger.h2.LedgerKillLoop DIRECTORY KILLS [SEED [EVERY]]}. Every
 * EVERYth process (tenth) lives for more than a minute, since H2 begins to use space again only after 45 s; every fourth is
 * killed while it closes the store, which includes its compaction. After each kill everything acknowledged is read again, and
 * the chain verified.
 */
final class LedgerKillLoop {

    private static final int SIZE = 4_000;

    /** Between two appends of a process that lives long, so that several loops can run beside each other. */
    private static final int PAUSE_MS = 60;

    /** As many appends take more than a minute. */
    private static final int LONG_SESSION = 1_050;

    private static final VerifyRequest CHAIN =
            new VerifyRequest(Optional.empty(), Optional.empty(), Optional.empty(), false, true, false);

    private final Path directory;
    private final Random random;
    private final Map<Integer, Integer> acknowledged = new HashMap<>();
    private long lost;
    private int whileClosing;

    private LedgerKillLoop(Path directory, long seed) {
        this.directory = directory;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        int every = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 10;
        LedgerKillLoop loop = new LedgerKillLoop(Path.of(arguments[0]), seed);
        int kills = Integer.parseInt(arguments[1]);
        for (int i = 1; i <= kills; i++) {
            loop.kill(i, i % every == every / 2);
            System.out.println(loop.report(i));
        }
        if (loop.lost > 0) {
            System.exit(1);
        }
    }

    /** As often as wanted, with short lives only. */
    static LedgerKillLoop shortLives(Path directory, int kills) throws IOException, InterruptedException {
        LedgerKillLoop loop = new LedgerKillLoop(directory, 7);
        for (int i = 1; i <= kills; i++) {
            loop.kill(i, false);
        }
        return loop;
    }

    long lost() {
        return lost;
    }

    long acknowledged() {
        return acknowledged.values().stream().mapToLong(Integer::longValue).sum();
    }

    private String report(int kills) {
        return "kills " + kills + " (" + whileClosing + " while closing), acknowledged " + acknowledged() + ", lost "
                + lost;
    }

    private void kill(int promotion, boolean longLife) throws IOException, InterruptedException {
        boolean closing = promotion % 4 == 0;
        int perSession = longLife ? closing ? LONG_SESSION : Integer.MAX_VALUE : closing ? 400 : 1 + random.nextInt(50);
        long life = longLife ? 65_000 + random.nextInt(5_000) : random.nextInt(700);
        try (Child child = Child.start(
                AppendingChild.class, directory, promotion, 1_000_000, perSession, SIZE, longLife ? PAUSE_MS : 0)) {
            String line = child.out().readLine();
            while (closing && line != null && !line.equals("closing")) {
                line = note(promotion, child, line);
            }
            whileClosing += closing ? 1 : 0;
            Thread killer = killer(child, closing ? random.nextInt(250) : life);
            while (line != null) {
                line = note(promotion, child, line);
            }
            killer.join();
        }
        check();
    }

    private String note(int promotion, Child child, String line) throws IOException {
        if (Character.isDigit(line.charAt(0))) {
            acknowledged.put(promotion, Integer.parseInt(line) + 1);
        }
        return child.out().readLine();
    }

    private static Thread killer(Child child, long afterMillis) {
        return Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(afterMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            child.kill();
        });
    }

    /** Reads every promotion again, not only the last one's: a fault may come to light late. */
    private void check() {
        long missing = 0;
        try (H2Ledger ledger = new H2Ledger(new LedgerLocation.Embedded(directory));
                LedgerSession session = ledger.open()) {
            for (Map.Entry<Integer, Integer> entry : acknowledged.entrySet()) {
                List<StoredEvent> events = session.read(Samples.id(entry.getKey()), 0);
                for (int sequence = 0; sequence < entry.getValue(); sequence++) {
                    StoredEvent expected = Samples.event(entry.getKey(), sequence, SIZE);
                    boolean there = sequence < events.size()
                            && events.get(sequence).payload().equals(expected.payload());
                    missing += there ? 0 : 1;
                }
            }
        }
        lost = missing + (acknowledged() == 0 || chained() ? 0 : 1);
    }

    private boolean chained() {
        try (H2Ledger ledger = new H2Ledger(new LedgerLocation.Embedded(directory))) {
            Audit audit = new Audit(
                    ledger, new EventCodec(), new Actor("kill loop"), InstantSource.system(), text -> Optional.empty());
            return audit.verify(CHAIN) instanceof Outcome.Done<AuditVerification> done
                    && done.value().outcome().equals("intact");
        }
    }
}
