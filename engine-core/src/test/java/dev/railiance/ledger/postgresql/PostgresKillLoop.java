package dev.railiance.ledger.postgresql;

import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.LedgerVariables;
import dev.railiance.ledger.Samples;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.ledger.h2.Child;
import dev.railiance.promotion.Phase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills a process that appends to a shared ledger, again and again, and counts acknowledged events that are not there
 * afterwards, and events that break the chain. Every fifth one loses its connection before that, every twentieth time because
 * the server's process is killed, upon which the whole server starts again. To be run by hand:
 * {@code java -cp TEST-CLASS-PATH dev.railiance.ledger.postgresql.PostgresKillLoop KILLS [SEED]}.
 */
final class PostgresKillLoop {

    private static final int SIZE = 1_000;

    private final RealPostgres server;
    private final SharedLocation location;
    private final Random random;
    private final Map<Integer, Integer> acknowledged = new HashMap<>();
    private long lost;
    private int cuts;

    private PostgresKillLoop(RealPostgres server, long seed) {
        this.server = server;
        this.location = server.newLedger();
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        int kills = Integer.parseInt(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        try (RealPostgres server = RealPostgres.start()) {
            PostgresKillLoop loop = new PostgresKillLoop(server, seed);
            for (int i = 1; i <= kills; i++) {
                loop.kill(i);
                if (i % 25 == 0 || i == kills) {
                    loop.check();
                    System.out.println("kills " + i + ", connections cut " + loop.cuts + ", acknowledged "
                            + loop.acknowledged() + ", lost or broken " + loop.lost);
                }
            }
            if (loop.lost > 0) {
                System.exit(1);
            }
        }
    }

    /** A few kills. */
    static PostgresKillLoop few(RealPostgres server, int kills) throws Exception {
        PostgresKillLoop loop = new PostgresKillLoop(server, 7);
        for (int i = 1; i <= kills; i++) {
            loop.kill(i);
        }
        loop.check();
        return loop;
    }

    long lost() {
        return lost;
    }

    int cuts() {
        return cuts;
    }

    long acknowledged() {
        return acknowledged.values().stream().mapToLong(Integer::longValue).sum();
    }

    private void kill(int promotion) throws Exception {
        try (Child child = Child.start(RealPostgres.variables(location), Client.class, promotion)) {
            String line = child.out().readLine();
            Thread killer = killer(promotion, child);
            while (line != null) {
                acknowledged.put(promotion, Integer.parseInt(line) + 1);
                line = child.out().readLine();
            }
            killer.join();
        }
        server.awaitAnswer();
    }

    private Thread killer(int promotion, Child child) {
        int life = random.nextInt(400);
        boolean cut = promotion % 5 == 0;
        cuts += cut ? 1 : 0;
        return Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(life);
                if (cut) {
                    server.killBackend(promotion % 20 == 0 ? "KILL" : "TERM");
                    Thread.sleep(life);
                }
            } catch (InterruptedException | IOException | SQLException e) {
                throw new IllegalStateException(e);
            } finally {
                child.kill();
            }
        });
    }

    /** Follows the chain through the whole ledger, and counts what every promotion has. */
    private void check() {
        Map<String, Integer> found = new HashMap<>();
        Hash[] before = {Hash.ZERO};
        long[] broken = {0, 0};
        try (PostgresLedger ledger = new PostgresLedger(location);
                LedgerSession session = ledger.open()) {
            session.scan(0, event -> {
                before[0] =
                        EventSeal.ledger(before[0], ++broken[1], event.seal().event());
                int sequence = found.merge(event.promotion().value(), 1, Integer::sum) - 1;
                int promotion = Integer.parseInt(event.promotion().value().substring(24), 16);
                StoredEvent expected = Samples.event(promotion, sequence, SIZE);
                boolean right = event.position() == broken[1]
                        && event.seal().ledger().equals(before[0])
                        && event.payload().equals(expected.payload());
                broken[0] += right ? 0 : 1;
            });
            broken[0] += session.head().equals(new LedgerSession.Head(broken[1], before[0])) ? 0 : 1;
        }
        lost = broken[0];
        acknowledged.forEach((promotion, count) -> lost +=
                Math.max(0, count - found.getOrDefault(Samples.id(promotion).value(), 0)));
    }

    /** Appends, says so after each event that was acknowledged, and goes on where it was when its connection is cut. */
    static final class Client {

        private Client() {}

        public static void main(String[] arguments) {
            int promotion = Integer.parseInt(arguments[0]);
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            SharedLocation location = (SharedLocation)
                    LedgerVariables.read(System.getenv(), Path.of("")).orElseThrow();
            try (PostgresLedger ledger = new PostgresLedger(location, Duration.ofSeconds(30), Duration.ofSeconds(30))) {
                int sequence = 0;
                while (sequence < 1_000_000) {
                    try (LedgerSession session = ledger.open()) {
                        sequence = session.read(Samples.id(promotion), 0).size();
                        while (true) {
                            session.append(
                                    List.of(Samples.event(promotion, sequence, SIZE)),
                                    Samples.status(promotion, sequence, Phase.OPENED));
                            out.println(sequence++);
                        }
                    } catch (LedgerException e) {
                        if (e.kind() != LedgerException.Kind.UNAVAILABLE) {
                            throw e;
                        }
                    }
                }
            }
        }
    }
}
