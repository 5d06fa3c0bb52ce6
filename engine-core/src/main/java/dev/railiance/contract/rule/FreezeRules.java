package dev.railiance.contract.rule;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import dev.railiance.contract.fault.Shown;
import dev.railiance.contract.fault.Similar;
import dev.railiance.contract.schema.Section;
import dev.railiance.contract.value.InstantText;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about freeze windows. */
final class FreezeRules {

    private FreezeRules() {}

    static Stream<Finding> nameWithoutCommas(Draft draft) {
        return draft.contract().sections("freeze").stream()
                .filter(freeze ->
                        freeze.text("name").filter(name -> name.contains(",")).isPresent())
                .map(freeze -> Finding.atValue(
                                FaultCode.FREEZE_NAME, freeze.at("name"), freeze.at("name") + " has a comma")
                        .found(Shown.quoted(freeze.text("name").orElse("")))
                        .expected(
                                "a name without commas: approvals list the names of windows with commas between them"));
    }

    static Stream<Finding> windowWithADuration(Draft draft) {
        return draft.contract().sections("freeze").stream()
                .flatMap(freeze -> Stream.concat(
                        Stream.of(shape(freeze), order(freeze)).flatMap(Optional::stream), unreal(freeze)));
    }

    private static Optional<Finding> shape(Section freeze) {
        boolean once = freeze.has("from") || freeze.has("to");
        boolean both = freeze.has("from") && freeze.has("to");
        boolean weekly = freeze.has("weekly");
        if (weekly ? !once : both) {
            return Optional.empty();
        }
        String found = weekly ? "both" : freeze.has("from") ? "no to" : freeze.has("to") ? "no from" : "neither";
        return Optional.of(Finding.atKey(FaultCode.FREEZE_WINDOW, freeze.path(), freeze.path() + " needs one window")
                .found(found)
                .expected("either from and to, or weekly"));
    }

    private static Optional<Finding> order(Section freeze) {
        Optional<Section> weekly = freeze.given("weekly");
        if (weekly.isPresent()) {
            Optional<String> from = weekly.get().text("from");
            return from.isPresent() && from.equals(weekly.get().text("to"))
                    ? Optional.of(empty(weekly.get()).expected("a later or earlier time than from"))
                    : Optional.empty();
        }
        Optional<OffsetDateTime> from = instant(freeze, "from");
        Optional<OffsetDateTime> to = instant(freeze, "to");
        return from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())
                ? Optional.of(empty(freeze).expected("later than from"))
                : Optional.empty();
    }

    private static Finding empty(Section window) {
        return Finding.atValue(FaultCode.FREEZE_WINDOW, window.at("to"), window.path() + " has no duration")
                .found(Shown.cut(window.text("to").orElse("")));
    }

    private static Optional<OffsetDateTime> instant(Section section, String key) {
        return section.text(key).flatMap(InstantText::parse);
    }

    private static Stream<Finding> unreal(Section freeze) {
        return Stream.of("from", "to")
                .filter(key ->
                        freeze.text(key).isPresent() && instant(freeze, key).isEmpty())
                .map(key -> Finding.atValue(
                                FaultCode.FREEZE_WINDOW, freeze.at(key), freeze.at(key) + " is no real time")
                        .found(Shown.cut(freeze.text(key).orElse("")))
                        .expected("a date and time with an offset, as in 2026-12-18T18:00:00+01:00"));
    }

    static Stream<Finding> zoneInTheDatabase(Draft draft) {
        return draft.contract().sections("freeze").stream()
                .flatMap(freeze -> freeze.given("weekly").stream())
                .filter(weekly -> weekly.text("zone").isPresent())
                .filter(weekly -> !ZoneId.getAvailableZoneIds()
                        .contains(weekly.text("zone").get()))
                .map(weekly -> Finding.atValue(
                                FaultCode.UNKNOWN_ZONE, weekly.at("zone"), weekly.at("zone") + " is no time zone")
                        .found(Shown.quoted(weekly.text("zone").orElse("")))
                        .expected("an IANA time zone such as Europe/Berlin or UTC")
                        .suggest(Similar.hint(weekly.text("zone").orElse(""), ZoneId.getAvailableZoneIds())));
    }

    static Stream<Finding> overrideAtLeastAsStrict(Draft draft) {
        Section stage3 = draft.section("approval").section("stage3");
        int usual = stage3.integer("required").orElse(0);
        int people = (int) stage3.texts("from").stream().distinct().count();
        return draft.contract().sections("freeze").stream()
                .flatMap(freeze -> freeze.given("override").stream())
                .filter(override -> override.integer("required").isPresent())
                .filter(override -> {
                    int required = override.integer("required").getAsInt();
                    return required < usual || (people > 0 && required > people);
                })
                .map(override -> Finding.atValue(
                                FaultCode.FREEZE_OVERRIDE,
                                override.at("required"),
                                "an override is at least as strict as an approval, and possible")
                        .found(String.valueOf(override.integer("required").getAsInt()))
                        .expected(people > 0 ? usual + " to " + people : "at least " + usual));
    }
}
