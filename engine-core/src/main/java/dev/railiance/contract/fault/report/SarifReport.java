package dev.railiance.contract.fault.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railiance.contract.fault.Fault;
import dev.railiance.contract.fault.FaultCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** For editors and code scanning: a SARIF 2.1.0 log. */
public final class SarifReport {

    private static final String UNRESERVED = "-._~/";

    private SarifReport() {}

    /**
     * The log as a tree.
     *
     * @param version the program's own, for {@code tool.driver}
     */
    public static ObjectNode document(FaultReport report, String version) {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "railiance");
        driver.put("version", version);
        List<FaultCode> codes = codes(report);
        ArrayNode rules = driver.putArray("rules");
        codes.forEach(code -> rules.add(rule(code)));
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        report.faults().forEach(fault -> results.add(result(fault, codes)));
        return log;
    }

    /** The codes that occur, each once, in the order of their declaration. */
    private static List<FaultCode> codes(FaultReport report) {
        Set<FaultCode> codes = report.faults().stream().map(Fault::code).collect(Collectors.toSet());
        return codes.stream().sorted().toList();
    }

    private static ObjectNode rule(FaultCode code) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.put("id", code.id());
        rule.putObject("shortDescription").put("text", code.title());
        rule.putObject("defaultConfiguration").put("level", code.severity().id());
        return rule;
    }

    private static ObjectNode result(Fault fault, List<FaultCode> codes) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("ruleId", fault.code().id());
        result.put("ruleIndex", codes.indexOf(fault.code()));
        result.put("level", fault.severity().id());
        result.putObject("message").put("text", Sentence.of(fault));
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(fault.file()));
        place.putObject("region")
                .put("startLine", fault.position().line())
                .put("startColumn", fault.position().column());
        return result;
    }

    /** A path as a relative reference: what is not allowed in one is percent-encoded, byte by byte. */
    private static String uri(String path) {
        var uri = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            uri.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return uri.toString();
    }
}
