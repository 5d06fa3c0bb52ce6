package dev.railiance.observation;

import dev.railiance.contract.Gate;
import dev.railiance.gate.Observation;
import dev.railiance.gate.Observation.CommandEnd;
import dev.railiance.gate.Observation.Exchange;
import dev.railiance.gate.Observation.Exchanges;
import dev.railiance.http.HttpClient;
import dev.railiance.http.HttpProber;
import dev.railiance.http.HttpProber.Probe;
import dev.railiance.http.HttpRequest;
import dev.railiance.process.AllowedEnvironment;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What gates start on this machine: requests and commands.
 *
 * @param repository where commands run
 * @param environment of which commands get what they are allowed
 */
public record Programs(Processes processes, Path repository, Map<String, String> environment) {

    private static final Duration GRACE = Duration.ofSeconds(1);

    /** However many requests a gate asks for, a look ends. */
    private static final Duration TOGETHER = Duration.ofMinutes(1);

    /** A command learns by this variable which release it is to look at. */
    private static final String RELEASE = "RAILIANCE_RELEASE";

    Observation exchanges(Gate.Http gate, Cancellation cancellation) {
        HttpRequest request;
        try {
            request = HttpRequest.of(gate.method(), URI.create(gate.url()));
        } catch (IllegalArgumentException e) {
            return new Exchanges(List.of());
        }
        var prober = new HttpProber(new HttpClient(System::nanoTime, Optional.empty()));
        var series = new HttpProber.Series(request, gate.bodyContains(), gate.requests(), gate.timeout(), TOGETHER);
        return new Exchanges(prober.probe(series, cancellation).probes().stream()
                .map(probe -> exchange(gate, probe))
                .toList());
    }

    private static Exchange exchange(Gate.Http gate, Probe probe) {
        return switch (probe) {
            case Probe.Answered answered ->
                new Exchange(true, answered.status() == gate.status(), answered.matched(), answered.latency());
            case Probe.Unanswered unanswered -> new Exchange(false, false, false, Duration.ZERO);
        };
    }

    Observation end(Gate.Command gate, String release, Cancellation cancellation) {
        var command = gate.command();
        Map<String, String> variables = new HashMap<>(AllowedEnvironment.of(environment, command.environment()));
        variables.put(RELEASE, release);
        ProcessOutcome outcome = processes.run(
                new ProcessRequest(
                        command.argv(),
                        repository.resolve(command.directory()),
                        variables,
                        command.timeout(),
                        GRACE,
                        0,
                        OutputSink.NONE),
                cancellation);
        return new CommandEnd(
                outcome instanceof ProcessOutcome.Exited exited ? OptionalInt.of(exited.code()) : OptionalInt.empty());
    }
}
