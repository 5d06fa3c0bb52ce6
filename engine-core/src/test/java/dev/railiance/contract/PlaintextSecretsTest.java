package dev.railiance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.report.AnnotationReport;
import dev.railiance.contract.fault.report.FaultReport;
import dev.railiance.contract.fault.report.JsonReport;
import dev.railiance.contract.fault.report.SarifReport;
import dev.railiance.contract.fault.report.TextReport;
import dev.railiance.contract.rule.PlaintextSecrets;
import dev.railiance.contract.toml.TomlParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The secrets here are made up; where a form is known to scanners it is put together in the test. */
final class PlaintextSecretsTest {

    @TempDir
    private Path repository;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = 'x1'",
                "db_password = 'x1'",
                "apiKey = 'x1'",
                "API-KEY = 'x1'",
                "private_key = 'x1'",
                "token = 12345678",
                "client_secret = 'x1'",
                "credentials = ['x1']",
                "a.b.'pass-phrase' = 1\npassphrase = 'x1'",
                "argv = ['run', '--token', 'x1']",
                "argv = ['run', '--api-key=x1']",
                "environment = ['NPM_TOKEN=x1']",
                "header = 'Authorization: Bearer abcdef123'",
                "url = 'postgres://app:x1@db/shop'",
                "value = '-----BEGIN OPENSSH PRIVATE KEY-----'",
                "value = 'q7Zp2XvB9mK4tR8sL1wN6yH3cJ5dF0gA'",
                "value = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCY9zT2hQ8sLk'"
            })
    void isFound(String toml) {
        assertFalse(PlaintextSecrets.in(tree(toml)).isEmpty());
    }

    @Test
    void tokensOfKnownFormAreFound() {
        for (String token : List.of(
                "AKIA" + "IOSFODNN7EXAMPLE",
                "ghp_" + "a1B2".repeat(9),
                "xoxb-" + "1234567890-abcdef",
                "AIza" + "SyA-1234567890abcdefghijklmnopqrstu",
                "glpat-" + "a1b2".repeat(5),
                "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0." + "c2lnbmF0dXJl")) {
            assertFalse(PlaintextSecrets.in(tree("v = '" + token + "'")).isEmpty(), () -> token);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'",
                "revision = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'",
                "id = '123E4567-e89b-12d3-A456-426614174000'",
                "url = 'https://git.example.org/Team2/shopWeb/Releases/download/v1.4.2/ShopWeb-Linux-x86_64.tar.gz'",
                "query = \"histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{job='Web2'}[1m])))\"",
                "path = 'target/classes/Dev/Railiance/ContractV1/VeryLongDirectoryNameWithNumbers2026/File.class'",
                "name = 'ShopWebFrontEndCanaryDeploymentVersion2Release'",
                "image = 'registry.example.org:5000/Team/Shop-Web_2026.11.24-build.4711'",
                "ref = 'vault:secret/shop/web#session_key'",
                "ref = 'k8s:shop/shop-web-db#password'",
                "environment = ['NPM_TOKEN', 'DB_PASSWORD']",
                "argv = ['migrate', '--password-file', '/run/secrets/db']",
                "secrets = [{ name = 'session-key', ref = 'env:SESSION_KEY' }]",
                "identity = 'https://git.example.org/shop/web/.github/workflows/release.yaml@refs/tags/v1.4.2'",
                "key = true",
                "password = ''",
                "contact = 'mailto:web@example.org'",
                "url = 'http://[::1]:8080/a@b'"
            })
    void isNoSecret(String toml) {
        assertEquals(List.of(), PlaintextSecrets.in(tree(toml)));
    }

    @Test
    void theValueIsInNoReport() {
        String secret = "Tr0ub4dor-and-3";
        Contract contract = new Contracts(repository)
                .read(Contracts.LEAST
                        + "environment = ['NPM_TOKEN=" + secret + "']\ntoken = '" + secret + "'\n"
                        + "commands = [{ name = 'x', argv = ['a'], environment = ['NPM_TOKEN=" + secret + "'] }]\n");
        assertTrue(contract.faults().stream().anyMatch(fault -> fault.code() == FaultCode.PLAINTEXT_SECRET));
        var report = FaultReport.of(contract);
        String all = contract
                + TextReport.render(report)
                + JsonReport.document(report)
                + SarifReport.document(report, "1")
                + AnnotationReport.render(report);
        assertFalse(all.contains(secret), all);
    }

    @Test
    void aSecretInACommentOrInBrokenTomlIsFoundByItsLine() {
        String key = "AKIA" + "IOSFODNN7EXAMPLE";
        assertEquals(
                List.of("5:1 plaintext-secret"), new Contracts(repository).faults(Contracts.LEAST + "# " + key + "\n"));
        assertTrue(new Contracts(repository)
                .faults(Contracts.LEAST + "key = '" + key + "\n")
                .contains("5:1 plaintext-secret"));
    }

    private static JsonNode tree(String toml) {
        return TomlParser.parse(toml).root();
    }
}
