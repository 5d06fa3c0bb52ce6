package dev.railiance.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.AbortRequest;
import dev.railiance.DeployRequest;
import dev.railiance.DeployRequest.Mode;
import dev.railiance.EngineSettings;
import dev.railiance.PromoteRequest;
import dev.railiance.PromotionEngine;
import dev.railiance.RollbackRequest;
import dev.railiance.effect.Deployer;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.metric.EngineMetrics;
import dev.railiance.metric.Measurement;
import dev.railiance.process.Cancellation;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import dev.railiance.promotion.Actor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries a canary out, a promotion, a rollback or an abort, in a process of its own, which dies at one of the points that it
 * comes to: before and after every call of the deployer that it makes for the first time in a step, and after every append to
 * the ledger. Before an append is after the call that it records. Point 0 is never reached; then the number of points is
 * printed. In place of a number the name of a call, or of what was appended, says that it dies after that.
 */
final class DeployingChild {

    private static final int KILLED = 137;

    private final String deadly;
    private final Set<String> looked = new HashSet<>();
    private int points;

    private DeployingChild(String deadly) {
        this.deadly = deadly;
    }

    /** Runs one that deploys; what it printed. It has to die where it is told to. */
    static String deploy(
            Processes processes, DemoRepository repository, Path ledger, Map<String, String> tools, String deadly) {
        return run(processes, repository, ledger, tools, deadly, "deploy");
    }

    /** The same for any verb. */
    static String run(
            Processes processes,
            DemoRepository repository,
            Path ledger,
            Map<String, String> tools,
            String deadly,
            String verb) {
        ProcessOutcome outcome = processes.run(
                new ProcessRequest(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                DeployingChild.class.getName(),
                                repository.directory().toString(),
                                ledger.toString(),
                                deadly,
                                verb),
                        repository.directory(),
                        tools,
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(1),
                        1 << 16,
                        OutputSink.NONE),
                new Cancellation());
        var exited = (ProcessOutcome.Exited) outcome;
        assertEquals(
                deadly.equals("0") ? 0 : KILLED,
                exited.code(),
                () -> deadly + ": " + exited.stderr().text());
        return exited.stdout().text();
    }

    public static void main(String[] arguments) {
        var child = new DeployingChild(arguments[2]);
        String verb = arguments.length > 3 ? arguments[3] : "deploy";
        Outcome<String> outcome = child.carryOut(verb, Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println(
                switch (outcome) {
                    case Outcome.Done<String> done -> child.points + " " + done.value();
                    case Outcome.NotDone<String> not ->
                        child.points + " " + not.failure().code() + " "
                                + not.failure().message();
                });
    }

    private Outcome<String> carryOut(String verb, Path repository, Path ledger) {
        var settings = new EngineSettings(
                        new LedgerLocation.Embedded(ledger),
                        new Actor("ada"),
                        "runner-7",
                        System.getenv(),
                        InstantSource.system(),
                        Optional.empty())
                .withMetrics(appends())
                .withDeployers((processes, environment, context, namespace, cancellation) -> HelmDeployer.create(
                                processes, environment, context, namespace, cancellation)
                        .then(deployer -> Outcome.done(observed(deployer))));
        try (PromotionEngine engine = PromotionEngine.open(settings)) {
            return switch (verb) {
                case "deploy" -> deployed(engine, repository);
                case "promote" ->
                    engine.promote(PromoteRequest.of(repository, Mode.APPLY))
                            .then(done -> Outcome.done(
                                    done.outcome() + " " + done.reason().orElse("")));
                case "rollback" ->
                    engine.rollback(RollbackRequest.of(repository, true))
                            .then(done -> Outcome.done(
                                    done.outcome() + " " + done.reason().orElse("")));
                case "abort" ->
                    engine.abort(new AbortRequest(
                                    repository,
                                    Optional.empty(),
                                    true,
                                    "not wanted",
                                    Optional.empty(),
                                    new Cancellation(),
                                    line -> {}))
                            .then(done -> Outcome.done(done.outcome()));
                default -> throw new IllegalArgumentException(verb);
            };
        }
    }

    private static Outcome<String> deployed(PromotionEngine engine, Path repository) {
        return engine.deploy(new DeployRequest(
                        repository,
                        repository.resolve("railiance/app.toml"),
                        Mode.APPLY,
                        true,
                        Optional.empty(),
                        new Cancellation(),
                        line -> {}))
                .then(done -> Outcome.done(done.outcome() + " " + done.reason().orElse("")));
    }

    private EngineMetrics appends() {
        return measurement -> {
            if (measurement instanceof Measurement.Command command) {
                // A new step begins: what it looks at counts again.
                looked.clear();
                point();
                if (command.trigger().name().equals(deadly)) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }
        };
    }

    private Deployer observed(Deployer deployer) {
        return (Deployer) Proxy.newProxyInstance(
                Deployer.class.getClassLoader(), new Class<?>[] {Deployer.class}, (proxy, method, arguments) -> {
                    boolean counts =
                            looked.add(method.getName()) || method.getName().equals("apply");
                    if (counts) {
                        point();
                    }
                    try {
                        return method.invoke(deployer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (counts) {
                            point();
                        }
                        if (method.getName().equals(deadly)) {
                            Runtime.getRuntime().halt(KILLED);
                        }
                    }
                });
    }

    private void point() {
        points++;
        if (Integer.toString(points).equals(deadly)) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
