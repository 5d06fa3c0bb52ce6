package dev.railiance.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerVariablesTest {

    private static final String SECRET = "hunter2";
    private static final String URL =
            "jdbc:postgresql://db.example.org:5433/team?currentSchema=shop&sslmode=verify-full";

    @TempDir
    Path directory;

    private Optional<LedgerLocation> read(Map<String, String> environment) {
        return LedgerVariables.read(environment, directory);
    }

    private String refusal(Map<String, String> environment) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> read(environment))
                .getMessage());
        assertTrue(message.startsWith("RAILIANCE_LEDGER") || message.contains("RAILIANCE_LEDGER_FILE"), message);
        environment.values().forEach(value -> assertFalse(message.contains(value), message));
        assertFalse(message.contains(SECRET), message);
        return message;
    }

    private Path file(String permissions, String... lines) throws IOException {
        Path file = Files.write(directory.resolve("ledger.conf"), List.of(lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void nothingSaysNothing() {
        assertEquals(Optional.empty(), read(Map.of()));
        assertEquals(Optional.empty(), read(Map.of(LedgerVariables.LEDGER, "", LedgerVariables.PASSWORD, SECRET)));
    }

    @Test
    void aDirectoryIsAnEmbeddedLedgerBelowWhereTheCommandWasCalled() {
        LedgerLocation expected = new LedgerLocation.Embedded(directory.resolve("there"));
        assertEquals(Optional.of(expected), read(Map.of(LedgerVariables.LEDGER, "there")));
        assertEquals(Optional.of(expected), read(Map.of(LedgerVariables.LEDGER, "jdbc:h2:file:./there")));
    }

    @Test
    void aUrlWithUserAndPasswordIsASharedOne() {
        SharedLocation shared = assertInstanceOf(
                SharedLocation.class,
                read(Map.of(
                                LedgerVariables.LEDGER, URL,
                                LedgerVariables.USER, "ada",
                                LedgerVariables.PASSWORD, SECRET))
                        .orElseThrow());
        assertEquals(Optional.of("ada"), shared.user());
        assertEquals(Optional.of(SECRET), shared.password());
        assertEquals("shop", shared.schema());
        assertFalse(shared.local());
        assertFalse(shared.toString().matches(".*(ada|db\\.example|hunter2).*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/team?user=ada&password=hunter2",
                "jdbc:postgresql://db/team?Password=hunter2",
                "jdbc:postgresql://db/team?sslmode=require&sslpassword=hunter2",
                "jdbc:postgresql://ada:hunter2@db/team",
                "jdbc:postgresql://db/team?socketFactory=evil.Factory&socketFactoryArg=hunter2",
                "jdbc:postgresql://db/team?options=-c%20synchronous_commit=off",
                "jdbc:postgresql://db/team?currentSchema=a,b",
                "jdbc:postgresql:team",
                "jdbc:postgresql://ada:hunter2/team",
                "jdbc:postgresql://db:5432,ada:hunter2/team",
                "jdbc:postgresql://[::1]:hunter2/team",
                "jdbc:postgresql://db:0/team",
                "jdbc:postgresql://db:70000/team",
                "jdbc:postgresql://db/team?sslmode=hunter2",
                "jdbc:postgresql://db/team?connectTimeout=hunter2",
                "jdbc:postgresql://db/team?targetServerType=hunter2",
                "jdbc:postgresql://db/team?ApplicationName=%zzhunter2",
                "jdbc:mysql://ada:hunter2@db/team",
                "postgresql://ada:hunter2@db/team",
            })
    void whatDoesNotBelongIntoAUrlIsRefusedUnquoted(String url) {
        refusal(Map.of(LedgerVariables.LEDGER, url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:5433", "[::1]", "localhost:1,127.0.0.2:2"})
    void thisMachineIsKnownByItsNames(String host) {
        assertTrue(SharedLocation.of("jdbc:postgresql://" + host + "/team", null, null)
                .local());
        assertFalse(SharedLocation.of("jdbc:postgresql://" + host + ",db/team", null, null)
                .local());
    }

    @Test
    void aPrivateFileSaysAllThree() throws IOException {
        Path file = file("rw-------", "# the team's ledger", "", "url = " + URL, "user=ada", "password =  a = b#c ");
        SharedLocation shared = assertInstanceOf(
                SharedLocation.class,
                read(Map.of(LedgerVariables.FILE, file.toString())).orElseThrow());
        assertEquals(Optional.of("a = b#c"), shared.password());
        assertEquals(Optional.of("ada"), shared.user());
        assertEquals(URL, shared.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------", "rw-rw-rw-"})
    void aFileThatOthersMayUseIsRefused(String permissions) throws IOException {
        Path file = file(permissions, "url = " + URL, "password = " + SECRET);
        assertTrue(refusal(Map.of(LedgerVariables.FILE, file.toString())).contains("chmod 600"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "hunter2 = x", "password = a\npassword = hunter2", "user = ada"})
    void aFileThatSaysSomethingElseIsRefusedUnquoted(String content) throws IOException {
        Path file = file("rw-------", content);
        refusal(Map.of(LedgerVariables.FILE, file.toString()));
    }

    @Test
    void aPasswordInTheUrlOfAFileIsRefusedUnquoted() throws IOException {
        Path file = file("rw-------", "url = jdbc:postgresql://db/team?password=" + SECRET);
        refusal(Map.of(LedgerVariables.FILE, file.toString()));
    }

    @Test
    void aFileThatIsNotThereOrNoneIsRefused() {
        refusal(Map.of(LedgerVariables.FILE, "missing"));
        refusal(Map.of(LedgerVariables.FILE, directory.toString()));
    }

    @Test
    void twoAnswersAreOneTooMany() {
        refusal(Map.of(LedgerVariables.FILE, "one-file", LedgerVariables.LEDGER, "one-directory"));
    }
}
