package dev.railiance.contract;

import dev.railiance.contract.fault.Fault;
import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Position;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.fault.Similar;
import dev.railiance.contract.rule.ContractRules;
import dev.railiance.contract.rule.Draft;
import dev.railiance.contract.rule.PlaintextSecrets;
import dev.railiance.contract.schema.PublishedSchema;
import dev.railiance.contract.schema.SchemaFindings;
import dev.railiance.contract.schema.Section;
import dev.railiance.contract.toml.TomlDocument;
import dev.railiance.contract.toml.TomlDocument.SyntaxError;
import dev.railiance.contract.value.KeyPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects everything that is wrong with one contract, and says where. */
record Examination(
        String file, String text, TomlDocument document, PublishedSchema schema, Section root, Path repository) {

    private static final int MOST_FAULTS = 1000;
    private static final String KNOWN_VERSION = "railiance.app.v1";

    /** All faults in the order of the file, each once. */
    List<Fault> faults() {
        List<Finding> secrets = PlaintextSecrets.in(document.root());
        List<Fault> faults = new ArrayList<>(syntax());
        faults.addAll(located(secrets));
        faults.addAll(secretsElsewhere(faults));
        Set<KeyPath> hidden = secrets.stream().map(Finding::path).collect(Collectors.toSet());
        faults.addAll(located(content().stream()
                // The same place has a fault already, and the value may not be shown.
                .filter(finding -> !hidden.contains(finding.path()))
                .toList()));
        return limited(faults.stream()
                .distinct()
                .sorted(Comparator.comparing(Fault::position)
                        .thenComparing(Fault::path)
                        .thenComparing(Fault::code))
                .toList());
    }

    private List<Finding> content() {
        if (isOtherVersion()) {
            return List.of(
                    Finding.atValue(FaultCode.UNKNOWN_SCHEMA, KeyPath.TOP.key("schema"), "this version is unknown")
                            .found(Shown.quoted(document.root().path("schema").asText()))
                            .expected(KNOWN_VERSION)
                            .suggest("use a program that knows it, or write the contract as " + KNOWN_VERSION));
        }
        List<Finding> violations = SchemaFindings.of(document.root(), schema).stream()
                .map(this::asVersion)
                .toList();
        if (!document.errors().isEmpty()) {
            // What could not be parsed is not missing, and rules would judge half a contract.
            BitSet broken = linesOfBrokenTables();
            return violations.stream()
                    .filter(finding -> finding.code() != FaultCode.MISSING_KEY)
                    .filter(finding -> !broken.get(line(finding)))
                    .toList();
        }
        Set<KeyPath> atFault = around(violations);
        // A rule is silent about a place that is at fault already: it would only repeat it in other words.
        Stream<Finding> rules = ContractRules.check(new Draft(root, repository)).stream()
                .filter(finding -> !atFault.contains(finding.path()));
        return Stream.concat(violations.stream(), rules).toList();
    }

    private static Set<KeyPath> around(List<Finding> findings) {
        Set<KeyPath> around = new HashSet<>();
        for (Finding finding : findings) {
            Optional<KeyPath> at = Optional.of(finding.path());
            while (at.isPresent() && around.add(at.get())) {
                at = at.get().parent();
            }
        }
        return around;
    }

    /** The lines after a table header that could not be parsed, up to the next: their keys went to another table. */
    private BitSet linesOfBrokenTables() {
        Set<Integer> errors =
                document.errors().stream().map(error -> error.position().line()).collect(Collectors.toSet());
        BitSet broken = new BitSet();
        boolean inBroken = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            inBroken = line.stripLeading().startsWith("[") ? errors.contains(number) : inBroken;
            broken.set(number, inBroken);
        }
        return broken;
    }

    private int line(Finding finding) {
        return document.position(finding.path(), finding.anchor()).line();
    }

    /** Another version of the contract, rightly written: nothing that this program knows applies to it. */
    private boolean isOtherVersion() {
        String version = document.root().path("schema").asText();
        return version.matches("railiance\\.app\\.v[2-9]\\d{0,2}");
    }

    private Finding asVersion(Finding finding) {
        if (finding.code() != FaultCode.NOT_ALLOWED || !finding.path().equals(KeyPath.TOP.key("schema"))) {
            return finding;
        }
        String written = document.root().path("schema").asText();
        return Finding.atValue(FaultCode.UNKNOWN_SCHEMA, finding.path(), "this version is unknown")
                .found(Shown.quoted(written))
                .expected(KNOWN_VERSION)
                .suggest(Similar.hint(written, List.of(KNOWN_VERSION)));
    }

    private List<Fault> syntax() {
        return document.errors().stream()
                .limit(MOST_FAULTS + 1L)
                .map(this::syntaxFault)
                .toList();
    }

    private Fault syntaxFault(SyntaxError error) {
        String[] parts = error.message().split(", expected ", 2);
        Finding finding =
                Finding.atKey(FaultCode.SYNTAX, KeyPath.TOP, "this is not TOML").found(parts[0]);
        return (parts.length == 2 ? finding.expected(parts[1]) : finding).in(file, error.position());
    }

    private List<Fault> secretsElsewhere(List<Fault> known) {
        Set<Integer> lines = known.stream()
                .filter(fault -> fault.code() == FaultCode.PLAINTEXT_SECRET)
                .map(fault -> fault.position().line())
                .collect(Collectors.toSet());
        return PlaintextSecrets.inLines(text).entrySet().stream()
                .filter(entry -> !lines.contains(entry.getKey().line()))
                .map(this::lineFault)
                .toList();
    }

    private Fault lineFault(Map.Entry<Position, Finding> entry) {
        return entry.getValue().in(file, entry.getKey());
    }

    private List<Fault> located(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.in(file, document.position(finding.path(), finding.anchor())))
                .toList();
    }

    private List<Fault> limited(List<Fault> faults) {
        if (faults.size() <= MOST_FAULTS) {
            return faults;
        }
        Finding more = Finding.atKey(
                        FaultCode.TOO_MANY_FAULTS,
                        KeyPath.TOP,
                        "only the first " + MOST_FAULTS + " faults are reported")
                .suggest("mend these first");
        return Stream.concat(
                        faults.stream().limit(MOST_FAULTS),
                        Stream.of(more.in(file, faults.get(MOST_FAULTS).position())))
                .toList();
    }
}
