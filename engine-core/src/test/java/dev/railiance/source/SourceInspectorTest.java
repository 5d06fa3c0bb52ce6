package dev.railiance.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.ProcessTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceInspectorTest {

    private static final ProcessTrees PROCESSES = ProcessTrees.open();

    @TempDir
    Path temporary;

    private Path root;
    private Map<String, String> environment;

    @BeforeEach
    void anEmptyHome() throws IOException {
        root = Files.createDirectory(temporary.resolve("repo")).toRealPath();
        Path home = Files.createDirectory(temporary.resolve("home"));
        environment = new HashMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", home.toString()));
    }

    @AfterAll
    static void close() {
        PROCESSES.close();
    }

    private Source inspect(Path directory, String... exclude) {
        return assertInstanceOf(SourceInspection.Inspected.class, inspection(directory, exclude))
                .source();
    }

    private SourceInspection inspection(Path directory, String... exclude) {
        return new SourceInspector(PROCESSES, environment).inspect(directory, List.of(exclude), new Cancellation());
    }

    private SourceInspection.Reason unavailable(Path directory, String... exclude) {
        var unavailable = assertInstanceOf(SourceInspection.Unavailable.class, inspection(directory, exclude));
        assertEquals(1, unavailable.message().lines().count());
        return unavailable.reason();
    }

    private String git(String... arguments) {
        return git(root, arguments);
    }

    private String git(Path directory, String... arguments) {
        List<String> argv =
                new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.org"));
        argv.addAll(List.of("-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"));
        argv.addAll(List.of(arguments));
        var outcome = PROCESSES.run(
                new ProcessRequest(
                        argv,
                        directory,
                        environment,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        1 << 16,
                        OutputSink.NONE),
                new Cancellation());
        var exited = assertInstanceOf(ProcessOutcome.Exited.class, outcome);
        assertEquals(0, exited.code(), () -> exited.stderr().text());
        return exited.stdout().text().strip();
    }

    private Path write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Nested
    class InAGitRepository {

        @BeforeEach
        void aCommit() throws IOException {
            git("init", "-q");
            write(".gitignore", "*.log\n/out/\n");
            write("src/Main.java", "class Main {}\n");
            write("docs/read me.md", "hello\n");
            git("add", "-A");
            git("commit", "-q", "-m", "first");
        }

        @Test
        void aCleanCommitIsNamedAndNotRead() {
            Source source = inspect(root);
            assertEquals(Source.commit(git("rev-parse", "HEAD")), source);
            assertEquals(40, source.revision().length());
        }

        @Test
        void aRepositoryWithSha256ObjectsIsNamedToo() throws IOException {
            Path other = Files.createDirectory(temporary.resolve("sha256"));
            git(other, "init", "-q", "--object-format=sha256");
            git(other, "commit", "-q", "--allow-empty", "-m", "first");
            assertEquals(64, inspect(other).revision().length());
        }

        @Test
        void everyKindOfChangeIsDirtyAndHasADigestOfItsOwn() throws IOException {
            String commit = git("rev-parse", "HEAD");
            Set<Object> digests = new HashSet<>();
            write("src/Main.java", "class Main { }\n");
            digests.add(dirty(commit));
            write("src/New.java", "class New {}\n");
            digests.add(dirty(commit));
            git("add", "-A");
            assertFalse(digests.add(dirty(commit)), "staging changes no content");
            Files.delete(root.resolve("docs/read me.md"));
            digests.add(dirty(commit));
            assertTrue(root.resolve("src/Main.java").toFile().setExecutable(true));
            digests.add(dirty(commit));
            Files.createSymbolicLink(root.resolve("link"), Path.of("src/Main.java"));
            digests.add(dirty(commit));
            Files.delete(root.resolve("link"));
            Files.createSymbolicLink(root.resolve("link"), Path.of("/nowhere/at all"));
            digests.add(dirty(commit));
            assertEquals(6, digests.size());
        }

        private Object dirty(String commit) {
            Source source = inspect(root);
            assertEquals(Source.Kind.GIT, source.kind());
            assertEquals(commit, source.revision());
            assertTrue(source.dirty());
            return source.contentDigest().orElseThrow();
        }

        @Test
        void ignoredFilesAndTheLedgerDoNotCount() throws IOException {
            write("debug.log", "noise");
            write("out/Main.class", "noise");
            write(".railiance/ledger.db", "events");
            assertFalse(inspect(root).dirty());
            write("new", "x");
            Source before = inspect(root);
            write("debug.log", "other noise");
            write(".railiance/ledger.db", "more events");
            assertEquals(before, inspect(root));
        }

        @Test
        void onlyTheDirectoryAskedAboutCounts() throws IOException {
            write("docs/new.md", "new");
            assertFalse(inspect(root.resolve("src")).dirty());
            Source docs = inspect(root.resolve("docs"));
            assertTrue(docs.dirty());
            write("src/Main.java", "changed");
            assertEquals(docs, inspect(root.resolve("docs")));
        }

        @Test
        void anIgnoredDirectoryIsATreeOfItsOwn() throws IOException {
            write("out/app/file", "x");
            Source source = inspect(root.resolve("out/app"));
            assertEquals(Source.Kind.TREE, source.kind());
            assertFalse(source.dirty());
        }

        @Test
        void namesMayHoldAnythingButNul() throws IOException {
            Set<Object> digests = new HashSet<>();
            for (String name :
                    List.of("with\nnewline", " with blanks ", "grüße-日本", "-rf", "quote\"'", "%41", ":(top)x")) {
                write(name, "x");
                Source source = inspect(root);
                assertTrue(source.dirty(), name);
                digests.add(source.contentDigest().orElseThrow());
                Files.delete(root.resolve(name));
            }
            assertEquals(7, digests.size());
        }

        @Test
        void aNameThatIsNotUtf8IsReadToo() throws IOException {
            FileName name = new FileName(new byte[] {'a', (byte) 0xff, (byte) 0xfe, '\t', 'z'});
            Files.writeString(name.at(root), "one");
            Source one = inspect(root);
            Files.writeString(name.at(root), "two");
            assertNotEquals(one, inspect(root));
        }

        @Test
        void aDirectoryReplacedByALinkIsNotFollowed() throws IOException {
            Path outside = Files.createDirectory(temporary.resolve("outside"));
            Files.writeString(outside.resolve("Main.java"), "secret");
            Files.delete(root.resolve("src/Main.java"));
            Files.delete(root.resolve("src"));
            Files.createSymbolicLink(root.resolve("src"), outside);
            Source before = inspect(root);
            assertTrue(before.dirty());
            Files.writeString(outside.resolve("Main.java"), "other secret");
            assertEquals(before, inspect(root));
        }

        @Test
        void aPipeAmongTheFilesIsNotOpened() throws IOException {
            var outcome = PROCESSES.run(
                    new ProcessRequest(
                            List.of("mkfifo", "pipe"),
                            root,
                            environment,
                            Duration.ofSeconds(5),
                            Duration.ZERO,
                            0,
                            OutputSink.NONE),
                    new Cancellation());
            assertInstanceOf(ProcessOutcome.Exited.class, outcome);
            write("new", "x");
            assertTrue(inspect(root).dirty());
        }

        @Test
        void aChangeInARepositoryWithinCounts() throws IOException {
            git(Files.createDirectory(root.resolve("nested")), "init", "-q");
            write("nested/file", "one");
            Source one = inspect(root);
            assertTrue(one.dirty());
            write("nested/file", "two");
            assertNotEquals(one, inspect(root));
        }

        @Test
        void aWorkTreeBesideTheRepositoryIsARepositoryToo() {
            Path beside = temporary.resolve("beside");
            git("worktree", "add", "-q", beside.toString());
            assertEquals(inspect(root), inspect(beside));
        }

        @Test
        void aConfiguredMonitorIsNotRun() throws IOException {
            Path ran = temporary.resolve("ran");
            Path monitor = write("out/monitor.sh", "#!/bin/sh\ntouch '" + ran + "'\n");
            assertTrue(monitor.toFile().setExecutable(true));
            git("config", "core.fsmonitor", monitor.toString());
            inspect(root);
            write("new", "x");
            inspect(root);
            assertFalse(Files.exists(ran));
        }

        @Test
        void itIsUnavailableWithoutGit() {
            environment.put("PATH", temporary.toString());
            assertEquals(SourceInspection.Reason.GIT_MISSING, unavailable(root));
        }

        @Test
        void itIsUnavailableWhenTheRepositoryBelongsToAnotherUser() throws IOException {
            // git's own switch for its tests; really changing the owner takes root.
            Path bin = Files.createDirectory(temporary.resolve("bin"));
            Path git = Files.writeString(
                    bin.resolve("git"),
                    "#!/bin/sh\nPATH=${PATH#*:}; export GIT_TEST_ASSUME_DIFFERENT_OWNER=1; exec git \"$@\"\n");
            assertTrue(git.toFile().setExecutable(true));
            environment.put("PATH", bin + ":" + environment.get("PATH"));
            assertEquals(SourceInspection.Reason.GIT_NOT_TRUSTED, unavailable(root));
        }

        @Test
        void itIsUnavailableWhenTheRepositoryIsBroken() throws IOException {
            write(".git/HEAD", "\0\0");
            assertEquals(SourceInspection.Reason.GIT_FAILED, unavailable(root));
        }

        @Test
        void fiveThousandNewFilesAreReadOnce() throws IOException {
            for (int i = 0; i < 5_000; i++) {
                write("many/" + i % 50 + "/file" + i, "content " + i);
            }
            Source source = inspect(root);
            assertEquals(source, inspect(root));
            write("many/7/file4907", "content");
            assertNotEquals(source, inspect(root));
        }
    }

    @Test
    void aRepositoryWithoutACommitIsADirtyTree() throws IOException {
        git("init", "-q");
        write(".gitignore", "ignored\n");
        write("file", "x");
        write("ignored", "x");
        Source source = inspect(root);
        assertEquals(Source.Kind.TREE, source.kind());
        assertTrue(source.dirty());
        write("ignored", "y");
        assertEquals(source, inspect(root));
    }

    @Test
    void outsideGitAllFilesCountButTheExcludedOnes() throws IOException {
        write("file", "x");
        Source source = inspect(root, "target/**", "*.log");
        assertEquals(Source.Kind.TREE, source.kind());
        assertFalse(source.dirty());
        assertEquals(source.revision(), source.contentDigest().orElseThrow().value());
        write("target/classes/Main.class", "x");
        write("debug.log", "x");
        write(".railiance/ledger.db", "x");
        assertEquals(source, inspect(root, "target/**", "*.log"));
        assertNotEquals(source, inspect(root, "*.log"));
    }

    @Test
    void twoTreesThatLookAlikeWhenJoinedDiffer() throws IOException {
        write("ab", "c");
        Source one = inspect(root);
        Files.delete(root.resolve("ab"));
        write("a", "bc");
        assertNotEquals(one, inspect(root));
    }

    @Test
    void theDigestIsTheOneThatIsDocumented() throws IOException {
        write("a", "one");
        write("b/ü", "two");
        Files.createSymbolicLink(root.resolve("c"), Path.of("b"));
        Files.createDirectory(root.resolve("empty"));
        var sha256 = TreeDigestFormat.start();
        TreeDigestFormat.entry(sha256, 'f', "a", "one");
        TreeDigestFormat.entry(sha256, 'f', "b/ü", "two");
        TreeDigestFormat.entry(sha256, 'l', "c", "b");
        assertEquals(
                TreeDigestFormat.end(sha256),
                inspect(root).contentDigest().orElseThrow().value());
    }

    @Test
    void aMissingDirectoryAndAFileAreNoSource() throws IOException {
        assertEquals(SourceInspection.Reason.NO_DIRECTORY, unavailable(root.resolve("missing")));
        assertEquals(SourceInspection.Reason.NO_DIRECTORY, unavailable(write("file", "x")));
    }

    @Test
    void aPatternThatIsNoGlobIsReported() {
        assertEquals(SourceInspection.Reason.BAD_PATTERN, unavailable(root, "[z-"));
    }

    @Test
    void aCancelledInspectionSaysSo() throws IOException {
        write("file", "x");
        var cancelled = new Cancellation();
        cancelled.cancel();
        var outcome = new SourceInspector(PROCESSES, environment).inspect(root, List.of(), cancelled);
        assertEquals(
                SourceInspection.Reason.CANCELLED,
                assertInstanceOf(SourceInspection.Unavailable.class, outcome).reason());
    }
}
