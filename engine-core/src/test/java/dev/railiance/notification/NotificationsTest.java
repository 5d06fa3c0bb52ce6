package dev.railiance.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.RunRequest;
import dev.railiance.contract.schema.SchemaCatalog;
import dev.railiance.failure.Outcome;
import dev.railiance.http.RawServer;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.projection.RunResult;
import dev.railiance.promotion.Actor;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers are told of a real promotion: those that listen, and those that do not. */
class NotificationsTest {

    private static final String SECRET = "whsec_cmFpbGlhbmNlLXdlYmhvb2stdGVzdC1rZXkh";
    /** Two seconds for those who do not listen, and as much again twice for a slow machine. */
    private static final Duration BOUND = Duration.ofSeconds(6);

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    @TempDir
    Path directory;

    private Instant now = NOW;

    private void declare(String... receivers) throws IOException {
        Files.createDirectories(directory.resolve("repository/railiance"));
        Files.writeString(directory.resolve("repository/railiance/app.toml"), """
                schema = "railiance.app.v1"

                [app]
                name = "shop"

                [owner]
                team = "web"

                [stage1]
                commands = [{ name = "build", argv = ["/bin/sh", "-c", "echo $HOOK"], environment = ["HOOK"] }]

                """ + String.join("\n", receivers));
    }

    private static String receiver(String name, String url) {
        return """
                [[notifications]]
                name = "NAME"
                url = "URL"
                secret_ref = "env:HOOK"
                events = ["promotion.opened", "promotion.validated"]
                """.replace("NAME", name).replace("URL", url);
    }

    private PromotionEngine engine() {
        return engine(Map.of("PATH", System.getenv("PATH"), "HOOK", SECRET));
    }

    private PromotionEngine engine(Map<String, String> environment) {
        return PromotionEngine.open(new EngineSettings(
                new LedgerLocation.Embedded(directory.resolve("ledger")),
                new Actor("ada"),
                "runner-7",
                environment,
                () -> now,
                Optional.empty()));
    }

    /** Runs Stage 1; how long the engine took to close. */
    private Duration run() {
        PromotionEngine engine = engine();
        RunResult result;
        try {
            var outcome = engine.run(RunRequest.of(directory.resolve("repository")));
            result = (RunResult) assertInstanceOf(Outcome.Done.class, outcome, outcome::toString)
                    .value();
        } finally {
            long from = System.nanoTime();
            engine.close();
            closed = Duration.ofNanos(System.nanoTime() - from);
        }
        assertEquals("passed", result.outcome());
        return closed;
    }

    private Duration closed = Duration.ZERO;

    @Test
    void whatHappensIsToldOnceInOrderAndSigned() throws Exception {
        try (var inbox = new Inbox(200)) {
            declare(receiver("team", inbox.url("/hook?from=shop")));
            run();

            assertEquals(List.of("promotion.opened", "promotion.validated"), inbox.events());
            for (Inbox.Message message : inbox.messages()) {
                assertEquals("POST /hook?from=shop", message.request());
                assertEquals("application/cloudevents+json; charset=utf-8", message.header("content-type"));
                assertEquals(Long.toString(NOW.getEpochSecond()), message.header("webhook-timestamp"));
                assertTrue(signed(message, SECRET), message.header("webhook-signature"));
                assertFalse(signed(message, "whsec_" + "A".repeat(32)));
                assertFalse(message.body().contains("cmFpbGlhbmNl"));
            }
        }
    }

    @Test
    void whatIsToldIsACloudEventWhoseDataFollowTheirSchema() throws Exception {
        try (var inbox = new Inbox(204)) {
            declare(receiver("team", inbox.url("/")));
            run();

            Inbox.Message message = inbox.messages().getLast();
            CloudEvent event = new JsonFormat().deserialize(message.body().getBytes(StandardCharsets.UTF_8));
            String id = event.getSubject() + "/2";
            assertEquals(SpecVersion.V1, event.getSpecVersion());
            assertEquals(id, event.getId());
            assertEquals(id, message.header("webhook-id"));
            assertEquals(URI.create("urn:railiance:shop:production"), event.getSource());
            assertEquals("dev.railiance.promotion.validated", event.getType());
            assertEquals(NOW, Objects.requireNonNull(event.getTime()).toInstant());
            assertEquals(URI.create("urn:railiance:schema:railiance.notification.v1"), event.getDataSchema());
            var data = new JsonMapper()
                    .readTree(Objects.requireNonNull(event.getData()).toBytes());
            var schema = new SchemaCatalog().schema("railiance.notification.v1").orElseThrow();
            assertEquals(List.of(), List.copyOf(schema.violations(data)));
            assertEquals("validated", data.path("phase").asText());
        }
    }

    @Test
    void aReceiverThatFailsIsToldAgainUntilItListens() throws Exception {
        try (var inbox = new Inbox(500, 503, 200)) {
            declare(receiver("team", inbox.url("/")));
            run();

            assertEquals(
                    List.of("promotion.opened", "promotion.opened", "promotion.opened", "promotion.validated"),
                    inbox.events());
            assertEquals(
                    1,
                    inbox.messages().stream()
                            .limit(3)
                            .map(message -> message.header("webhook-id"))
                            .distinct()
                            .count());
        }
    }

    @Test
    void whatNobodyTookIsToldByTheNextCommandAndNothingTwice() throws Exception {
        int port;
        try (var inbox = new Inbox(200)) {
            port = inbox.port();
        }
        declare(receiver("team", "http://127.0.0.1:" + port + "/"));
        assertTrue(run().compareTo(BOUND) < 0, closed::toString);

        try (var inbox = Inbox.at(port)) {
            now = now.plusSeconds(60);
            run();
            assertEquals(List.of("promotion.opened", "promotion.validated", "promotion.validated"), inbox.events());
            assertEquals(
                    3,
                    inbox.messages().stream()
                            .map(message -> message.header("webhook-id"))
                            .distinct()
                            .count());
            assertTrue(run().compareTo(BOUND) < 0);
            assertEquals(4, inbox.messages().size());
        }
    }

    @Test
    void whatAProcessThatDiedDidNotTellIsToldByTheNext() throws Exception {
        try (var inbox = new Inbox(200)) {
            declare(receiver("team", inbox.url("/")));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Dying.class.getName(),
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("dying").toFile())
                    .start();
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            assertEquals(Dying.DEAD, process.exitValue(), Files.readString(directory.resolve("dying")));
            assertEquals(List.of(), inbox.messages());
            run();
            assertEquals(List.of("promotion.opened", "promotion.validated", "promotion.validated"), inbox.events());
        }
    }

    /** Records what is to be told without a secret to tell it with, and dies on the spot. */
    static final class Dying {

        static final int DEAD = 137;

        private Dying() {}

        @SuppressWarnings("resource") // It dies with it.
        public static void main(String[] arguments) {
            var test = new NotificationsTest();
            test.directory = Path.of(arguments[0]);
            var outcome = test.engine(Map.of("PATH", System.getenv("PATH")))
                    .run(RunRequest.of(test.directory.resolve("repository")));
            Runtime.getRuntime().halt(outcome instanceof Outcome.Done ? DEAD : 1);
        }
    }

    @Test
    void whatIsOlderThanADayIsNoNews() throws Exception {
        int port;
        try (var inbox = new Inbox(200)) {
            port = inbox.port();
        }
        declare(receiver("team", "http://127.0.0.1:" + port + "/"));
        run();
        now = now.plus(Duration.ofHours(25));
        try (var inbox = Inbox.at(port)) {
            run();
            assertEquals(List.of("promotion.validated"), inbox.events());
        }
    }

    @Test
    void aReceiverThatNeverAnswersKeepsNobodyWaiting() throws Exception {
        try (var silent = new RawServer((socket, out) -> Thread.sleep(60_000));
                var inbox = new Inbox(200)) {
            declare(receiver("silent", silent.url()), receiver("team", inbox.url("/")));
            long from = System.nanoTime();
            run();
            assertTrue(closed.compareTo(BOUND) < 0, closed::toString);
            assertTrue(System.nanoTime() - from < Duration.ofSeconds(30).toNanos());
            assertEquals(List.of("promotion.opened", "promotion.validated"), inbox.events());
            assertTrue(silent.connections.get() >= 1);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (var elsewhere = new Inbox(200);
                var inbox = Inbox.redirecting(elsewhere.url("/elsewhere"))) {
            declare(receiver("team", inbox.url("/")));
            assertTrue(run().compareTo(BOUND) < 0);
            assertFalse(inbox.messages().isEmpty());
            assertEquals(List.of(), elsewhere.messages());
        }
    }

    @Test
    void whatSpeaksNoHttpIsNotTold() throws Exception {
        try (var raw = RawServer.saying("220 mail ESMTP\r\n")) {
            declare(receiver("team", raw.url()));
            assertTrue(run().compareTo(BOUND) < 0);
        }
    }

    @Test
    void withoutASecretThatCanBeUsedNothingIsSent() throws Exception {
        try (var inbox = new Inbox(200)) {
            Path file = directory.resolve("secret");
            String declared = receiver("team", inbox.url("/")).replace("env:HOOK", "file:" + file);
            declare(declared);
            for (String unusable : List.of("", "cmFpbGlhbmNlLXdlYmhvb2stdGVzdC1rZXkh", "whsec_c2hvcnQ=", "whsec_*")) {
                Files.writeString(file, unusable);
                run();
            }
            assertEquals(List.of(), inbox.messages());
            Files.writeString(file, SECRET + "\n");
            run();
            assertEquals("promotion.opened", inbox.events().getFirst());
            assertTrue(signed(inbox.messages().getFirst(), SECRET));
        }
    }

    @Test
    void theReceiverOfTheExamplesTakesWhatIsSent() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        Assumptions.assumeTrue(Files.isExecutable(python), "python3 is not installed here");
        now = Instant.now();
        Path said = directory.resolve("said");
        var builder = new ProcessBuilder(python.toString(), "../examples/notifications/receiver.py", "0")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("WEBHOOK_SECRET", SECRET);
        Process process = builder.start();
        try {
            String port = line(said, "listening on ");
            declare(receiver("team", "http://127.0.0.1:" + port + "/"));
            run();
            assertEquals(
                    "shop opened next: railiance run",
                    line(said, "dev.railiance.promotion.opened ")
                            .replaceAll("next: railiance run.*", "next: railiance run"));
            line(said, "dev.railiance.promotion.validated shop validated ");
        } finally {
            process.destroy();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        }
    }

    private static String line(Path file, String beginning) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            Optional<String> found = Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst();
            if (found.isPresent()) {
                return found.get().substring(beginning.length());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("nothing begins with " + beginning + " in " + Files.readString(file));
    }

    /** What openssl makes of it, which knows nothing of our code. */
    private boolean signed(Inbox.Message message, String secret) throws Exception {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        Path content = Files.createTempFile(directory, "content", "");
        Files.writeString(
                content,
                message.header("webhook-id") + "." + message.header("webhook-timestamp") + "." + message.body());
        Path mac = Files.createTempFile(directory, "mac", "");
        Process process = new ProcessBuilder(
                        "openssl",
                        "dgst",
                        "-sha256",
                        "-mac",
                        "HMAC",
                        "-macopt",
                        "hexkey:" + HexFormat.of().formatHex(key),
                        "-binary",
                        "-out",
                        mac.toString(),
                        content.toString())
                .start();
        assertEquals(0, process.waitFor());
        return message.header("webhook-signature")
                .equals("v1," + Base64.getEncoder().encodeToString(Files.readAllBytes(mac)));
    }
}
