package dev.railiance.stage1;

import static dev.railiance.stage1.Validations.lastReason;
import static dev.railiance.stage1.Validations.shell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.railiance.process.Cancellation;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.EvidenceFile;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {

    @TempDir
    Path directory;

    private Validations validations;

    @BeforeEach
    void open() {
        validations = new Validations(directory);
    }

    @AfterEach
    void close() {
        validations.close();
    }

    private List<String> paths(String... globs) {
        ValidationReport report = validations.evidence(globs);
        assertEquals(Verdict.PASSED, report.verdict(), report::toString);
        return report.evidence().stream().map(EvidenceFile::path).toList();
    }

    private Evidence.Collected collect(Evidence.Limits limits, String... globs) throws IOException {
        return new Evidence(new Repository(directory.toRealPath()), limits, new Cancellation()).collect(List.of(globs));
    }

    @Test
    void isHashedAndSortedByPath() {
        validations.write("b/two.txt", "two");
        validations.write("a.txt", "");
        ValidationReport report = validations.evidence("b/*.txt", "*.txt", "b/two.txt");
        assertEquals(
                List.of(
                        new EvidenceFile("a.txt", Digest.of(new byte[0]), 0),
                        new EvidenceFile("b/two.txt", Digest.of("two".getBytes(StandardCharsets.UTF_8)), 3)),
                report.evidence());
    }

    @Test
    void globsMeanWhatTheyMeanInGit() {
        for (String path : List.of("x.xml", "a/x.xml", "a/b/x.xml", "a/b/y.txt", ".git/x.xml", ".railiance/x.xml")) {
            validations.write(path, path);
        }
        assertEquals(List.of("a/b/x.xml", "a/x.xml", "x.xml"), paths("**/*.xml"));
        assertEquals(List.of("a/b/x.xml", "a/x.xml"), paths("a/**/*.xml"));
        assertEquals(List.of("a/x.xml"), paths("a/*.xml"));
        assertEquals(List.of("a/b/x.xml", "a/b/y.txt"), paths("a/b/{x,y}.*"));
        assertEquals(List.of("a/b/x.xml", "a/b/y.txt", "a/x.xml"), paths("./a/**"));
    }

    @Test
    void aGlobThatMatchesNoFileFails() {
        validations.write("a/x.xml", "x");
        for (String glob : List.of("*.txt", "a/*.txt", "b/*.xml", "a")) {
            ValidationReport report = validations.evidence("a/*.xml", glob);
            assertEquals(Verdict.FAILED, report.verdict());
            assertEquals("\"" + glob + "\" matches no file", lastReason(report));
            assertEquals(List.of(), report.evidence());
        }
    }

    @Test
    void aGlobThatIsNoneOrLeadsOutIsErrored() {
        for (String glob : List.of("[", "../*", "/etc/*", "a/../../*")) {
            assertEquals(Verdict.ERRORED, validations.evidence(glob).verdict(), glob);
        }
    }

    @Test
    void linksThatLeadOutAreRefused(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(directory.resolve("link.txt"), elsewhere.resolve("secret.txt"));
        Files.createSymbolicLink(directory.resolve("linked"), elsewhere);
        ValidationReport report = validations.evidence("*.txt");
        assertEquals(Verdict.ERRORED, report.verdict());
        assertEquals("\"link.txt\" leads out of the repository, or nowhere", lastReason(report));
        report = validations.evidence("linked/*.txt");
        assertEquals(Verdict.ERRORED, report.verdict());
        assertEquals("\"linked\" leads out of the repository", lastReason(report));
        validations.write("plain.md", "plain");
        assertEquals(List.of("plain.md"), paths("**/*.md"));
    }

    @Test
    void linksWithinTheRepositoryAreFollowed() throws IOException {
        validations.write("real/x.txt", "x");
        Files.createSymbolicLink(directory.resolve("link.txt"), Path.of("real/x.txt"));
        Files.createSymbolicLink(directory.resolve("linked"), Path.of("real"));
        Files.createSymbolicLink(directory.resolve("real/loop"), Path.of(".."));
        assertEquals(List.of("link.txt", "linked/x.txt"), paths("*.txt", "linked/*.txt"));
        assertEquals(List.of("link.txt", "real/x.txt"), paths("**/*.txt"));
    }

    @Test
    void aFifoIsNoEvidenceAndBlocksNobody() {
        assertEquals(
                Verdict.PASSED, validations.commands(shell("mkfifo pipe.txt")).verdict());
        assertTimeout(Duration.ofSeconds(5), () -> {
            assertEquals("\"*.txt\" matches no file", lastReason(validations.evidence("*.txt")));
        });
    }

    @Test
    void tooMuchOfItIsErrored() throws IOException {
        validations.write("a", "12345");
        validations.write("b", "12345");
        Duration minute = Duration.ofMinutes(1);
        assertEquals(
                Finding.errored("more than 1 files"),
                collect(new Evidence.Limits(1, 9, 99, minute), "*").finding());
        assertEquals(
                Finding.errored("more than 1 files to look at"),
                collect(new Evidence.Limits(9, 1, 99, minute), "*").finding());
        assertEquals(
                Finding.errored("more than 9 bytes"),
                collect(new Evidence.Limits(9, 9, 9, minute), "*").finding());
        assertEquals(
                Finding.PASSED,
                collect(new Evidence.Limits(2, 2, 10, minute), "*").finding());
    }

    @Test
    void aFileThatGrowsWithoutEndIsGivenUp() throws IOException {
        assertEquals(
                Finding.errored("not collected within 200 ms"),
                new Evidence(
                                new Repository(Path.of("/dev").toRealPath()),
                                new Evidence.Limits(9, 9_999, Long.MAX_VALUE, Duration.ofMillis(200)),
                                new Cancellation())
                        .hashing(Path.of("/dev/zero"))
                        .finding());
    }

    @Test
    void aFileThatVanishesOrMayNotBeReadIsErrored() throws IOException {
        var evidence = new Evidence(new Repository(directory), Evidence.Limits.STANDARD, new Cancellation());
        assertEquals(
                Finding.errored("a file vanished while it was collected"),
                evidence.hashing(directory.resolve("gone")).finding());
        assertEquals(
                Finding.errored("a file or directory could not be read"),
                evidence.hashing(directory).finding());
    }
}
