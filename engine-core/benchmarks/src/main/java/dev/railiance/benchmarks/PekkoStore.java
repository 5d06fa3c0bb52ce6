package dev.railiance.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.railiance.ledger.StoredEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.jdbc.testkit.javadsl.SchemaUtils;

/** Apache Pekko's persistence with its JDBC journal as it comes: an actor for each promotion, which answers when its events are stored. */
final class PekkoStore implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Store.Bare database;
    private final ActorSystem system;
    private long appended;

    PekkoStore(Store.Bare database) {
        this.database = database;
        this.system = ActorSystem.create("peer", config(database));
        SchemaUtils.createIfNotExists(system).toCompletableFuture().join();
    }

    private static Config config(Store.Bare database) {
        String profile = database.keepsHead() ? "slick.jdbc.PostgresProfile$" : "slick.jdbc.H2Profile$";
        String slick = "pekko-persistence-jdbc.shared-databases.slick.";
        return ConfigFactory.parseMap(Map.of(
                        "pekko.loglevel",
                        "OFF",
                        "pekko.stdout-loglevel",
                        "OFF",
                        "pekko.persistence.journal.plugin",
                        "jdbc-journal",
                        "pekko.persistence.snapshot-store.plugin",
                        "jdbc-snapshot-store",
                        "jdbc-journal.use-shared-db",
                        "slick",
                        "jdbc-snapshot-store.use-shared-db",
                        "slick",
                        slick + "profile",
                        profile,
                        slick + "db.dataSourceClass",
                        DurableSource.class.getName(),
                        slick + "db.properties.url",
                        database.url()))
                .withFallback(tables(database))
                .withFallback(ConfigFactory.load());
    }

    /** Its DDL for PostgreSQL makes them in this schema, which the connections do not look into. */
    private static Config tables(Store.Bare database) {
        return database.keepsHead()
                ? ConfigFactory.parseMap(Map.of(
                        "jdbc-journal.tables.event_journal.schemaName", "public",
                        "jdbc-journal.tables.event_tag.schemaName", "public",
                        "jdbc-snapshot-store.tables.snapshot.schemaName", "public"))
                : ConfigFactory.empty();
    }

    /** What an actor is told to store. */
    record Said(List<String> payloads) {}

    /** A promotion's events as an actor has them. */
    static final class Promotion extends AbstractPersistentActor {

        private final String id;
        private long events;

        Promotion(String id) {
            this.id = id;
        }

        @Override
        public String persistenceId() {
            return id;
        }

        @Override
        public Receive createReceiveRecover() {
            return receiveBuilder().match(String.class, payload -> events++).build();
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(Said.class, said -> {
                        persistAll(said.payloads(), payload -> events++);
                        deferAsync("stored", stored -> sender().tell(events, self()));
                    })
                    .build();
        }
    }

    /** Has the actor of a promotion append what each command led to, one after the other; answers how many commands. */
    long live(List<Recorded> commands) {
        String id = commands.getFirst().events().getFirst().promotion().value();
        ActorRef promotion = system.actorOf(Props.create(Promotion.class, () -> new Promotion(id)));
        for (Recorded command : commands) {
            List<String> payloads =
                    command.events().stream().map(StoredEvent::payload).toList();
            long last = (Long) Patterns.ask(promotion, new Said(payloads), PATIENCE)
                    .toCompletableFuture()
                    .join();
            if (last != command.events().getLast().sequence() + 1) {
                throw new IllegalStateException("events are missing");
            }
            appended += payloads.size();
        }
        system.stop(promotion);
        return commands.size();
    }

    /**
     * Looks whether all of it is stored.
     *
     * @throws IllegalStateException if not
     */
    void check() throws SQLException {
        String table = database.keepsHead() ? "public.event_journal" : "\"event_journal\"";
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            if (rows.getLong(1) != appended) {
                throw new IllegalStateException("the journal has not got all events");
            }
        }
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
