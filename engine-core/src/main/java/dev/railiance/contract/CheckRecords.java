package dev.railiance.contract;

import static dev.railiance.contract.ContractRecords.duration;
import static dev.railiance.contract.ContractRecords.integer;
import static dev.railiance.contract.ContractRecords.text;

import dev.railiance.contract.schema.Section;
import dev.railiance.contract.value.DurationText;
import java.time.Duration;
import java.util.List;

/** Makes records of checks, commands and the target. */
final class CheckRecords {

    private static final String READY = "readiness";
    private static final String START = "start";
    private static final String STOP = "stop";

    private CheckRecords() {}

    static List<DeclaredCommand> commands(Section section, String key) {
        return section.sections(key).stream()
                .map(command -> command(command, text(command, "name"), duration(command, "timeout")))
                .toList();
    }

    static DeclaredCommand command(Section command, String name, Duration timeout) {
        return new DeclaredCommand(
                name, command.texts("argv"), text(command, "directory"), timeout, command.texts("environment"));
    }

    static List<Check> checks(Section section, String key) {
        return section.sections(key).stream()
                .map(check -> check(check, text(check, "name")))
                .toList();
    }

    static Check check(Section check, String name) {
        Duration timeout = duration(check, "timeout");
        boolean optional = check.flag("optional");
        return switch (text(check, "kind")) {
            case "http" ->
                new Check.Http(
                        name,
                        timeout,
                        optional,
                        text(check, "url"),
                        text(check, "method"),
                        integer(check, "status"),
                        check.text("body_contains"),
                        check.duration("max_latency"));
            case "tcp" -> new Check.Tcp(name, timeout, optional, text(check, "address"));
            case "file" -> new Check.File(name, timeout, optional, text(check, "path"), check.whole("min_bytes"));
            case "command" ->
                new Check.Command(name, timeout, optional, command(check, name, timeout), integer(check, "exit_code"));
            case "helm-render" ->
                new Check.HelmRender(name, timeout, optional, text(check, "chart"), check.texts("values"));
            default -> throw new IllegalStateException("the schema knows a kind of check that has no record");
        };
    }

    /** The target; it runs until it is stopped, so its start has no time limit of its own. */
    static DeclaredTarget target(Section target, Duration healthStartup) {
        Duration startup = target.duration("startup").orElse(healthStartup);
        DeclaredCommand start = command(target, START, DurationText.LONGEST);
        return new DeclaredTarget(
                start,
                check(target.section("ready"), READY),
                startup,
                duration(target, "interval"),
                target.given("stop")
                        .map(stop -> new DeclaredCommand(
                                STOP,
                                stop.texts("argv"),
                                start.directory(),
                                duration(stop, "timeout"),
                                start.environment())),
                duration(target, "grace"));
    }
}
