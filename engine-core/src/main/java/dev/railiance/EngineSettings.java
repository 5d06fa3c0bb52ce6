package dev.railiance;

import dev.railiance.contract.Observability;
import dev.railiance.effect.ChartRenderer;
import dev.railiance.effect.Deployer;
import dev.railiance.effect.MetricSource;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.metric.EngineMetrics;
import dev.railiance.process.Cancellation;
import dev.railiance.process.Processes;
import dev.railiance.promotion.Actor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine works with.
 *
 * @param ledger where the ledger is
 * @param actor who acts
 * @param host name of this machine, as others see it in the ledger
 * @param environment of this process; children get only what a contract lets through
 * @param clock the time; recorded in whole microseconds
 * @param charts renders charts, where something can
 * @param metrics told what the engine does, where somebody wants to know
 * @param deployers bring releases to a cluster, where something can
 * @param metricSources make what the queries of gates are asked of, where something can
 */
public record EngineSettings(
        LedgerLocation ledger,
        Actor actor,
        String host,
        Map<String, String> environment,
        InstantSource clock,
        Optional<ChartRendererFactory> charts,
        Optional<EngineMetrics> metrics,
        Optional<DeployerFactory> deployers,
        Optional<MetricSourceFactory> metricSources) {

    public EngineSettings {
        environment = Map.copyOf(environment);
    }

    /** Settings without metrics. */
    public EngineSettings(
            LedgerLocation ledger,
            Actor actor,
            String host,
            Map<String, String> environment,
            InstantSource clock,
            Optional<ChartRendererFactory> charts) {
        this(ledger, actor, host, environment, clock, charts, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Settings of this process: its user, machine, environment and clock; no charts, no metrics. */
    public static EngineSettings of(LedgerLocation ledger) {
        return new EngineSettings(
                ledger,
                new Actor(System.getProperty("user.name", "unknown")),
                Hosts.name(),
                System.getenv(),
                InstantSource.system(),
                Optional.empty());
    }

    /** The same, with another actor. */
    public EngineSettings withActor(Actor other) {
        return new EngineSettings(ledger, other, host, environment, clock, charts, metrics, deployers, metricSources);
    }

    /** The same, with charts. */
    public EngineSettings withCharts(ChartRendererFactory factory) {
        return new EngineSettings(
                ledger, actor, host, environment, clock, Optional.of(factory), metrics, deployers, metricSources);
    }

    /** The same, with somebody who is told what the engine does: {@code MicrometerMetrics}, or one's own. */
    public EngineSettings withMetrics(EngineMetrics other) {
        return new EngineSettings(
                ledger, actor, host, environment, clock, charts, Optional.of(other), deployers, metricSources);
    }

    /** The same, with a cluster. */
    public EngineSettings withDeployers(DeployerFactory factory) {
        return new EngineSettings(
                ledger, actor, host, environment, clock, charts, metrics, Optional.of(factory), metricSources);
    }

    /** The same, with something that the queries of gates are asked of. */
    public EngineSettings withMetricSources(MetricSourceFactory factory) {
        return new EngineSettings(
                ledger, actor, host, environment, clock, charts, metrics, deployers, Optional.of(factory));
    }

    /** Never shows the environment. */
    @Override
    public String toString() {
        return "EngineSettings[" + ledger + ", " + actor + "]";
    }

    /** Makes a renderer that starts its tool through the engine's one place for processes. */
    @FunctionalInterface
    public interface ChartRendererFactory {

        /** A renderer; whether its tool is there shows when it is used. */
        ChartRenderer create(Processes processes, Map<String, String> environment);
    }

    /** Makes a deployer for one piece of work in one namespace, which starts its tools through the engine's one place. */
    @FunctionalInterface
    public interface DeployerFactory {

        /**
         * A deployer; whether its tools are there shows when it is used.
         *
         * @param context of the kubeconfig; its current one when empty
         * @param cancellation stops a tool that runs
         */
        Outcome<Deployer> create(
                Processes processes,
                Map<String, String> environment,
                Optional<String> context,
                String namespace,
                Cancellation cancellation);
    }

    /** Makes what the queries of a contract's gates are asked of. */
    @FunctionalInterface
    public interface MetricSourceFactory {

        /**
         * A source for one piece of work, which closes it; whether it can be reached shows when it is asked.
         *
         * @param context of the kubeconfig; its current one when empty
         * @param declared by the contract
         * @param repository that the contract's paths are relative to
         */
        Outcome<MetricSource> create(
                Processes processes,
                Map<String, String> environment,
                Optional<String> context,
                Observability.Prometheus declared,
                Path repository);
    }
}
