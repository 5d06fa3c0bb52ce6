package dev.railiance.contract.fault.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.railiance.contract.Contracts;
import dev.railiance.contract.fault.Fault;
import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Position;
import dev.railiance.contract.schema.SchemaCatalog;
import dev.railiance.contract.value.KeyPath;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportsTest {

    private static final FaultReport BROKEN = FaultReport.of(Contracts.example(
            Contracts.EXAMPLES.resolve("broken/misspelt-keys.toml"), Contracts.EXAMPLES.resolve("broken")));

    private static final FaultReport ODD = report(
            Finding.atKey(FaultCode.UNKNOWN_KEY, KeyPath.TOP.key("a:b,c"), "100% wrong:\r\n::error::injected\u001b[2J")
                    .found("x".repeat(200))
                    .expected("é, 𝄞"));

    private static FaultReport report(Finding finding) {
        Fault fault = finding.in("a dir/ä:,%.toml", new Position(3, 7));
        return new FaultReport("a dir/ä:,%.toml", Optional.empty(), Optional.empty(), List.of(fault));
    }

    @Test
    void theDocumentFollowsItsSchema() {
        var schema = new SchemaCatalog().schema(JsonReport.SCHEMA).orElseThrow();
        var valid =
                FaultReport.of(Contracts.example(Contracts.EXAMPLES.resolve("railiance/app.toml"), Contracts.EXAMPLES));
        for (FaultReport report : List.of(BROKEN, ODD, valid)) {
            assertEquals(List.of(), schema.violations(JsonReport.document(report)));
        }
        assertEquals("valid", JsonReport.document(valid).path("outcome").asText());
        assertEquals("shop-web", JsonReport.document(valid).path("app").asText());
    }

    @Test
    void theDocumentSaysWhatWasFoundAndWhere() {
        JsonNode document = JsonReport.document(BROKEN);
        assertEquals("invalid", document.path("outcome").asText());
        assertEquals(3, document.path("errors").asInt());
        JsonNode fault = document.path("faults").get(2);
        assertEquals("unknown-key", fault.path("code").asText());
        assertEquals("stage1.commands[0].timout", fault.path("path").asText());
        assertEquals(13, fault.path("line").asInt());
        assertEquals(56, fault.path("column").asInt());
        assertEquals("did you mean \"timeout\"?", fault.path("suggestion").asText());
    }

    @Test
    void theSarifLogHasWhatTheFormatRequires() {
        for (FaultReport report : List.of(BROKEN, ODD)) {
            JsonNode log = SarifReport.document(report, "1.2.3");
            assertEquals("2.1.0", log.path("version").asText());
            assertEquals(1, log.path("runs").size());
            JsonNode run = log.path("runs").get(0);
            JsonNode driver = run.path("tool").path("driver");
            assertEquals("railiance", driver.path("name").asText());
            assertEquals("unicodeCodePoints", run.path("columnKind").asText());
            assertEquals(report.faults().size(), run.path("results").size());
            for (JsonNode result : run.path("results")) {
                JsonNode rule =
                        driver.path("rules").path(result.path("ruleIndex").asInt());
                assertEquals(result.path("ruleId"), rule.path("id"));
                assertFalse(rule.path("shortDescription").path("text").asText().isEmpty());
                assertTrue(List.of("error", "warning")
                        .contains(result.path("level").asText()));
                assertFalse(result.path("message").path("text").asText().isEmpty());
                JsonNode place = result.path("locations").get(0).path("physicalLocation");
                assertTrue(place.path("region").path("startLine").asInt() >= 1);
                assertTrue(place.path("region").path("startColumn").asInt() >= 1);
                assertFalse(
                        URI.create(place.path("artifactLocation").path("uri").asText())
                                .isAbsolute());
            }
        }
    }

    @Test
    void aSarifAddressIsPercentEncoded() {
        JsonNode result = SarifReport.document(ODD, "1").at("/runs/0/results/0");
        assertEquals(
                "a%20dir/%C3%A4%3A%2C%25.toml",
                result.at("/locations/0/physicalLocation/artifactLocation/uri").asText());
    }

    @Test
    void aSarifLogWithoutFaultsHasAnEmptyListOfResults() {
        JsonNode run = SarifReport.document(new FaultReport("a", Optional.empty(), Optional.empty(), List.of()), "1")
                .at("/runs/0");
        assertTrue(run.path("results").isArray());
        assertEquals(0, run.path("results").size());
    }

    @Test
    void annotationsCannotBeBrokenOutOf() {
        String text = AnnotationReport.render(ODD);
        assertEquals(1, text.lines().count());
        assertTrue(
                text.startsWith("::error file=a dir/ä%3A%2C%25.toml,line=3,col=7,title=unknown-key::100%25 wrong:"),
                text);
        assertTrue(text.contains("\\u000d\\u000a::error::injected\\u001b[2J"), text);
    }

    @Test
    void textStaysWithinEightyColumnsAndOneScreenLineForEachLine() {
        String text = TextReport.render(ODD);
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        assertTrue(text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), text);
        assertTrue(text.endsWith(": 1 error, 0 warnings\n"), text);
    }

    @Test
    void aValidContractIsOneLine() {
        assertEquals(
                "railiance/app.toml: valid\n",
                TextReport.render(FaultReport.of(Contracts.example(
                        Contracts.EXAMPLES.resolve("railiance/app.toml"), Path.of("..", "examples")))));
    }
}
