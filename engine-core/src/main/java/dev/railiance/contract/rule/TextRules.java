package dev.railiance.contract.rule;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.schema.Leaf;
import dev.railiance.contract.schema.Section;
import dev.railiance.contract.value.DurationText;
import dev.railiance.contract.value.PrometheusAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about single texts: durations, addresses, names. */
final class TextRules {

    private static final Set<String> DURATIONS = Set.of("duration", "positiveDuration");
    private static final int HIGHEST_PORT = 65_535;

    private TextRules() {}

    static Stream<Finding> durationsWithinAYear(Draft draft) {
        return Leaf.of(draft.contract()).stream()
                .filter(leaf -> DURATIONS.contains(leaf.definition()))
                // What is no duration at all is the schema's business.
                .filter(leaf -> leaf.value().asText().matches("\\d{1,10}(ms|s|m|h|d)"))
                .filter(leaf -> DurationText.parse(leaf.value().asText()).isEmpty())
                .map(leaf -> Finding.atValue(FaultCode.DURATION_TOO_LONG, leaf.path(), leaf.path() + " is too long")
                        .found(Shown.quoted(leaf.value().asText()))
                        .expected("at most " + DurationText.LONGEST.toDays() + "d"));
    }

    static Stream<Finding> portsThatCanBe(Draft draft) {
        return Leaf.of(draft.contract()).stream()
                .filter(TextRules::hasPort)
                .filter(leaf ->
                        port(leaf.value().asText()) == 0 || port(leaf.value().asText()) > HIGHEST_PORT)
                .map(leaf -> Finding.atValue(
                                FaultCode.PORT_OUT_OF_RANGE, leaf.path(), leaf.path() + " has no such port")
                        .found(Shown.quoted(leaf.value().asText()))
                        .expected("a port from 1 to " + HIGHEST_PORT));
    }

    /** A port in a URL is the business of whoever asks it. */
    private static boolean hasPort(Leaf leaf) {
        return leaf.definition().equals("address")
                || (leaf.definition().equals("prometheusAddress")
                        && leaf.value().asText().startsWith(PrometheusAddress.SERVICE));
    }

    private static int port(String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        return port.matches("\\d{1,5}") ? Integer.parseInt(port) : 1;
    }

    static Stream<Finding> namesOnlyOnce(Draft draft) {
        Section top = draft.contract();
        Stream<List<Section>> lists = Stream.of(
                top.sections("dependencies"),
                top.sections("secrets"),
                top.sections("freeze"),
                top.sections("notifications"),
                draft.section("deploy").sections("commands"),
                draft.section("stage1").sections("commands"),
                draft.section("stage1").sections("checks"),
                draft.section("stage2").sections("gates"),
                draft.section("stage3").sections("gates"),
                draft.section("rollback").sections("commands"),
                draft.section("rollback").sections("verify"));
        return lists.flatMap(TextRules::repeated);
    }

    private static Stream<Finding> repeated(List<Section> list) {
        Set<String> seen = new HashSet<>();
        return list.stream()
                .filter(entry -> entry.text("name").isPresent())
                .filter(entry -> !seen.add(entry.text("name").get()))
                .map(entry -> Finding.atValue(
                                FaultCode.DUPLICATE_NAME, entry.at("name"), entry.at("name") + " is taken already")
                        .found(Shown.quoted(entry.text("name").orElse("")))
                        .expected("a name of its own"));
    }
}
