package dev.railiance.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Words that nobody in their right mind types make a valid overlay or a refusal that says why. */
class OverlayFuzzTest {

    private static final OverlayTemplate TEMPLATE = OverlayTemplate.current();
    private static Path parent = Path.of("");
    private static int valid;
    private static int created;

    @BeforeContainer
    static void open() throws IOException {
        Path memory = Path.of("/dev/shm");
        parent = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "overlay-fuzz")
                : Files.createTempDirectory("overlay-fuzz");
    }

    @AfterContainer
    static void close() throws IOException {
        // Refusing everything would be no proof.
        assertTrue(valid > 1_000 && created > 200, valid + " valid, " + created + " created");
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Arbitrary<String> spoiled(String... good) {
        Arbitrary<String> bad = Arbitraries.of(
                "",
                "..",
                "/",
                "../../etc",
                "\u0000",
                "\n",
                "\"",
                "'",
                "$(id)",
                "`",
                "{{",
                "}}",
                "#",
                ": ",
                "\\",
                "\u202e",
                "\ud800",
                "é",
                "😀",
                "%2e%2e",
                "user:word@",
                " ",
                "-",
                ".lock",
                "@{",
                "\u001b[31m",
                "a".repeat(5000));
        Arbitrary<String> start = Arbitraries.of(good);
        Arbitrary<String> inserted = Combinators.combine(
                        start, bad, Arbitraries.integers().between(0, 100))
                .as((text, part, at) -> new StringBuilder(text)
                        .insert(at * text.length() / 100, part)
                        .toString());
        Arbitrary<String> cut = Combinators.combine(
                        start, start, Arbitraries.integers().between(0, 100))
                .as((one, other, at) ->
                        one.substring(0, at * one.length() / 100) + other.substring(at * other.length() / 100));
        return Arbitraries.frequencyOf(
                Tuple.of(12, start),
                Tuple.of(2, cut),
                Tuple.of(1, inserted),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(60)));
    }

    @Provide
    Arbitrary<OverlayArguments.Words> words() {
        Arbitrary<String> name = spoiled("forgejo", "a", "x".repeat(45), "a-b-c", "a1", "on");
        Arbitrary<String> upstream = spoiled(
                "https://codeberg.org/forgejo/forgejo",
                "ssh://git@host.example:2222/a/b.git",
                "git@github.com:a/b.git",
                "git://h/x");
        Arbitrary<String> revision =
                spoiled("v1.2.3", "1.0", "1e5", "0x10", "ab".repeat(20), "cd".repeat(32), "a/b@1+c");
        Arbitrary<String> image = spoiled("ghcr.io/a/b:1", "localhost/x__y:latest", "h.example:5000/a/b-c/d.e:v1.2.3");
        Arbitrary<String> digest = spoiled("sha256:" + "0".repeat(64), "sha256:" + "4f".repeat(32));
        Arbitrary<String> chart =
                spoiled("oci://ghcr.io/charts/web:1.2.3", "https://charts.example/stable/web:4.5.6-rc.1");
        Arbitrary<String> router = spoiled("none", "traefik", "gateway-api", "replicas");
        Arbitrary<String> ci = spoiled("forgejo", "github,gitlab", "forgejo,github,gitlab");
        return Combinators.combine(
                        name,
                        upstream,
                        revision,
                        image.optional(),
                        digest.optional(0.5),
                        chart.optional(0.3),
                        router.optional(),
                        ci.optional())
                .as(OverlayArguments.Words::new);
    }

    @Property(tries = 10_000)
    void theContractIsValidOrTheWordsAreRefused(@ForAll("words") OverlayArguments.Words words) throws IOException {
        switch (OverlayArguments.of(words)) {
            case Outcome.NotDone<OverlayArguments>(var failure) -> {
                assertFalse(failure.message().isBlank());
                assertTrue(failure.message().chars().noneMatch(c -> c < 0x20), failure.message());
                assertTrue(failure.message().length() < 400, failure.message());
            }
            case Outcome.Done<OverlayArguments>(var arguments) -> {
                var outcome = new Overlay(TEMPLATE, arguments, parent.resolve("none")).write(true, false);
                if (outcome instanceof Outcome.Done<OverlayResult>) {
                    var files = TEMPLATE.files(arguments);
                    files.keySet()
                            .forEach(path -> assertTrue(
                                    parent.resolve(path).normalize().startsWith(parent) && !path.contains(".."), path));
                    Path file =
                            Files.writeString(parent.resolve("app.toml"), files.getOrDefault("railiance/app.toml", ""));
                    Path signers = Files.writeString(
                            Files.createDirectory(parent.resolve("railiance")).resolve("allowed_signers"),
                            files.getOrDefault("railiance/allowed_signers", ""));
                    Contract read = new ContractReader().read(file, parent);
                    boolean unfinished =
                            arguments.image().isEmpty() && arguments.chart().isEmpty();
                    assertEquals(
                            unfinished ? List.of("image-needed") : List.of(),
                            read.faults().stream()
                                    .map(fault -> fault.code().id())
                                    .toList());
                    Files.delete(file);
                    Files.delete(signers);
                    Files.delete(parent.resolve("railiance"));
                    valid++;
                }
            }
        }
        assertEquals(List.of(), entries(parent));
    }

    @Provide
    Arbitrary<String> places() {
        return spoiled(
                "a",
                "a/b",
                "./a",
                "there/../a",
                "there",
                ".",
                "..",
                "../a",
                "../../a",
                "there/link",
                "there/link/a",
                "/a",
                "\u0000",
                "a\u0000b",
                "\ud800",
                "b".repeat(255),
                "b".repeat(256),
                "c/".repeat(2500));
    }

    /** The room is deep enough that no place of those above leads out of it; absolute ones are taken from its top. */
    @Property(tries = 2_000)
    void nothingIsWrittenButInTheDirectory(@ForAll("places") String place) throws IOException {
        Path room = Files.createDirectory(parent.resolve("room"));
        try {
            Path here = Files.createDirectories(room.resolve("1/2/3/4/5/6"));
            Path outside = Files.createDirectories(room.resolve("outside"));
            Files.createDirectory(here.resolve("there"));
            Files.createSymbolicLink(here.resolve("there/link"), outside);
            List<Path> before = all(room);
            String given = place.startsWith("/") ? room + place.replace("..", "__") : place;
            Outcome<Path> found = Overlay.place(here, given);
            var outcome = found.then(
                    root -> new Overlay(TEMPLATE, OverlayTest.forgejo("none", "v1.2.3"), root).write(false, false));
            List<Path> made = new ArrayList<>(all(room));
            made.removeAll(before);
            switch (outcome) {
                case Outcome.NotDone<OverlayResult>(var failure) -> {
                    assertEquals(List.of(), made);
                    assertFalse(failure.message().isBlank());
                    assertTrue(failure.message().length() < 800, failure.message());
                }
                case Outcome.Done<OverlayResult>(var result) -> {
                    Path root = Path.of(result.directory());
                    assertTrue(made.stream().allMatch(entry -> entry.startsWith(root)), given);
                    Path contract = root.resolve("railiance/app.toml");
                    assertInstanceOf(Contract.Valid.class, new ContractReader().read(contract, root));
                    created++;
                }
            }
        } finally {
            List<Path> files = new ArrayList<>(all(room));
            Collections.reverse(files);
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** A folder and everything under it, a folder always before what is in it. */
    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
