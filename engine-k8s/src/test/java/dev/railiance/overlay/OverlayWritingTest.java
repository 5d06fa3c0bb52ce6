package dev.railiance.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an overlay whose writing is broken off, done twice at a time, or met by files that nobody expects. */
class OverlayWritingTest {

    private static final OverlayTemplate TEMPLATE = OverlayTemplate.current();

    @TempDir
    Path parent;

    private Path root() {
        return parent.resolve("forgejo");
    }

    private OverlayResult done(String revision, boolean update) {
        return OverlayTest.value(
                new Overlay(TEMPLATE, OverlayTest.forgejo("none", revision), root()).write(false, update));
    }

    private Code refused(String revision) {
        var outcome = new Overlay(TEMPLATE, OverlayTest.forgejo("none", revision), root()).write(false, true);
        return assertInstanceOf(Outcome.NotDone.class, outcome).failure().code();
    }

    private Map<String, String> tree() throws IOException {
        var tree = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(parent.relativize(file).toString(), Files.readString(file));
            }
        }
        return tree;
    }

    /** Makes these files what they are in a tree; the directories stay. */
    private void put(Map<String, String> tree, Collection<String> paths) throws IOException {
        for (String path : paths) {
            String text = tree.get(path);
            if (text == null) {
                Files.deleteIfExists(parent.resolve(path));
            } else {
                Files.writeString(parent.resolve(path), text);
            }
        }
    }

    @Test
    void whatWasBrokenOffInADirectoryThatWasThereIsDoneAgain() throws IOException {
        done("v11.0.1", false);
        Map<String, String> whole = tree();
        List<String> written = whole.keySet().stream()
                .sorted(Comparator.<String, Boolean>comparing(path -> path.endsWith("overlay.json"))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        put(Map.of(), whole.keySet());
        for (int count = 0; count < written.size(); count++) {
            put(Map.of(), whole.keySet());
            put(whole, written.subList(0, count));
            Path part = root().resolve("chart/.railiance-1.part");
            Files.writeString(part, "hal");
            assertEquals("created", done("v11.0.1", false).outcome());
            assertEquals(whole, tree(), "broken off after " + count + " files");
        }
        put(Map.of(), List.of("forgejo/railiance/overlay.json"));
        assertEquals(Code.DIRECTORY_NOT_EMPTY, refused("v11.0.2"));
        Files.writeString(root().resolve("README.md"), "mine\n");
        assertEquals(Code.DIRECTORY_NOT_EMPTY, refused("v11.0.1"));
        assertEquals("mine\n", Files.readString(root().resolve("README.md")));
    }

    @Test
    void oneCallAtATimeWritesToAnOverlay() throws IOException {
        try (OverlayLock held = OverlayLock.of(root()).orElseThrow()) {
            assertTrue(OverlayLock.of(root()).isEmpty(), held::toString);
            assertEquals(Code.CHANGED_CONCURRENTLY, refused("v11.0.1"));
            assertFalse(Files.exists(root()));
            assertInstanceOf(
                    Outcome.Done.class,
                    new Overlay(TEMPLATE, OverlayTest.forgejo("none", "v11.0.1"), root()).write(true, false));
        }
        assertEquals("created", done("v11.0.1", false).outcome());
    }

    @Test
    void callsAtTheSameTimeMakeOneOverlayOrAreToldToWait() throws Exception {
        Path empty = Files.createDirectory(root());
        var calls = new ArrayList<Callable<Outcome<OverlayResult>>>();
        for (String revision : List.of("v11.0.1", "v11.0.2", "v11.0.3", "v11.0.4")) {
            calls.add(() -> new Overlay(TEMPLATE, OverlayTest.forgejo("none", revision), empty).write(false, true));
        }
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            for (var call : threads.invokeAll(calls)) {
                if (call.get() instanceof Outcome.NotDone<OverlayResult> not) {
                    assertEquals(Code.CHANGED_CONCURRENTLY, not.failure().code());
                }
            }
        }
        OverlayTest.assertValid(empty);
        var record = JsonMapper.builder().build().readTree(Files.readString(empty.resolve("railiance/overlay.json")));
        assertEquals(
                record.at("/files/railiance~1upstream.toml/text").asText(),
                Files.readString(empty.resolve("railiance/upstream.toml")));
    }

    @Test
    void anUpdatedFileKeepsItsPermissions() throws IOException {
        done("v11.0.1", false);
        Path contract = root().resolve("railiance/app.toml");
        Files.setPosixFilePermissions(contract, PosixFilePermissions.fromString("rw-r-----"));
        done("v11.0.2", true);
        assertTrue(Files.readString(contract).contains("v11.0.2"));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(contract)));
        assertTrue(Files.isExecutable(root().resolve("tests/stage1.sh")));
    }

    @Test
    void aFileLargerThanAnyOfAnOverlayIsAFailure() throws IOException {
        done("v11.0.1", false);
        for (String path : List.of("README.md", "railiance/overlay.json")) {
            Path file = root().resolve(path);
            byte[] before = Files.readAllBytes(file);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[1]), 3L << 30);
            }
            assertEquals(Code.OUTPUT_UNWRITABLE, refused("v11.0.1"));
            Files.write(file, before);
        }
    }
}
