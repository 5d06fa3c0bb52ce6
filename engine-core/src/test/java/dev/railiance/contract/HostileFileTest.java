package dev.railiance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.railiance.contract.fault.report.FaultReport;
import dev.railiance.contract.fault.report.TextReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileFileTest {

    @TempDir
    private Path repository;

    @Test
    void anAbsentFileIsSaidToBeAbsent() {
        assertEquals(List.of("1:1 file-absent"), read(repository.resolve("none.toml")));
        assertEquals(List.of("1:1 file-absent"), read(repository.resolve("no/where/app.toml")));
    }

    @Test
    void aDirectoryIsNotRead() {
        assertEquals(List.of("1:1 file-not-regular"), read(repository));
    }

    @Test
    void aLinkToItselfIsUnreadable() throws IOException {
        Path loop = repository.resolve("loop.toml");
        Files.createSymbolicLink(loop, loop.getFileName());
        assertEquals(List.of("1:1 file-unreadable"), read(loop));
    }

    @Test
    void aFileWithoutPermissionIsUnreadable() throws IOException {
        Path secret = Files.writeString(repository.resolve("secret.toml"), Contracts.LEAST);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(secret), "this user may read every file");
        assertEquals(List.of("1:1 file-unreadable"), read(secret));
    }

    @Test
    void fiftyMegabytesAreRefusedAtOnce() throws IOException {
        Path large = repository.resolve("large.toml");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(50L * 1024 * 1024);
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(2), () -> assertEquals(List.of("1:1 file-too-large"), read(large)));
    }

    @Test
    void aDeviceIsNotRead() {
        Path endless = Path.of("/dev/zero");
        assumeFalse(!Files.exists(endless), "there is no such device here");
        assertTimeoutPreemptively(
                Duration.ofSeconds(2), () -> assertEquals(List.of("1:1 file-not-regular"), read(endless)));
    }

    @Test
    void noiseIsOneFault() {
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        List<String> faults = Contracts.faults(new Contracts(repository).read(noise));
        assertEquals(1, faults.size(), faults::toString);
    }

    @Test
    void aNulIsShownWhereItIs() {
        assertEquals(List.of("2:3 not-text"), new Contracts(repository).faults("a = 1\nb \0= 2\n"));
    }

    @Test
    void aByteThatIsNoUtf8IsShownWhereItIs() {
        byte[] bytes = "a = 1\n# é\nb = 'x?'\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xff;
        assertEquals(List.of("3:7 not-utf8"), Contracts.faults(new Contracts(repository).read(bytes)));
    }

    @Test
    void anEmptyFileLacksEverythingThatIsRequired() {
        assertEquals(4, new Contracts(repository).faults("").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{a=", "a.", "eyJ-", "a:b@://", "\"", "[[a]]\n", "=\n", "a=1\n", "é=[\n", "'''", "a={"})
    void aLongRunOfOnePatternEndsInFaultsNotInAnException(String pattern) {
        String text = "a=" + pattern.repeat(100_000 / pattern.getBytes(StandardCharsets.UTF_8).length);
        var contract = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> new Contracts(repository).read(text));
        assertInstanceOf(Contract.Invalid.class, contract);
        assertTrue(contract.faults().size() <= 1001);
    }

    @Test
    void ofVeryManyFaultsOnlyTheFirstAreReported() {
        List<String> faults = new Contracts(repository).faults(Contracts.LEAST + "=\n".repeat(5_000));
        assertEquals(1001, faults.size());
        assertTrue(faults.getLast().endsWith("too-many-faults"));
    }

    @Test
    void terminalSequencesAreEscapedAndLongValuesCut() {
        String value = "\\u001b[31mred\\u202e" + "x".repeat(500);
        Contract contract = new Contracts(repository)
                .read(Contracts.LEAST + "[health]\nstartup = \"" + value + "\"\n\"k\\u001b\" = 1\n");
        String report = TextReport.render(FaultReport.of(contract));
        assertTrue(report.chars().noneMatch(c -> c == 0x1b || c == 0x202e), report);
        assertTrue(report.contains("\\u001b[31mred\\u202e"), report);
        assertFalse(report.contains("x".repeat(100)), report);
        assertTrue(report.lines().skip(1).allMatch(line -> line.length() <= 80), report);
    }

    private List<String> read(Path file) {
        return Contracts.faults(Contracts.example(file, repository));
    }
}
