package dev.railiance.prometheus;

import dev.railiance.contract.Observability;
import dev.railiance.contract.value.PrometheusAddress;
import dev.railiance.effect.MetricSource;
import dev.railiance.effect.SecretSource;
import dev.railiance.effect.ServiceForward;
import dev.railiance.effect.ServiceForward.Opening;
import dev.railiance.process.Cancellation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Prometheus that a contract declares. A way into the cluster is opened at the first question and kept for the next ones;
 * one that has broken is opened again, once for each question. Safe for several threads.
 */
public final class DeclaredPrometheus implements MetricSource {

    /** More than a gate takes; a way that has closed by then is opened again. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Observability.Prometheus declared;
    private final Path repository;
    private final SecretSource secrets;
    private final ServiceForward forward;
    private final ReentrantLock lock = new ReentrantLock();
    private ServiceForward.@Nullable Way way;

    /**
     * Nothing is asked or opened yet.
     *
     * @param repository that the contract's paths are relative to
     * @param forward is used for a Prometheus in the cluster only
     */
    public DeclaredPrometheus(
            Observability.Prometheus declared, Path repository, SecretSource secrets, ServiceForward forward) {
        this.declared = declared;
        this.repository = repository;
        this.secrets = secrets;
        this.forward = forward;
    }

    @Override
    public Answer range(Range range, Cancellation cancellation) {
        return ask(source -> source.range(range, cancellation), cancellation);
    }

    @Override
    public Answer instant(String query, Instant at, Cancellation cancellation) {
        return ask(source -> source.instant(query, at, cancellation), cancellation);
    }

    private Answer ask(Function<MetricSource, Answer> question, Cancellation cancellation) {
        return switch (declared.address()) {
            case PrometheusAddress.Url url ->
                source(url.text()).map(question).orElseGet(() -> new Answer.Unanswered(new Reason.NoAddress()));
            case PrometheusAddress.InCluster service -> {
                Answer answer = through(service, question, cancellation);
                // The pod at the other end of a way may be gone, which only shows when the way is used.
                yield answer.equals(new Answer.Unanswered(new Reason.Unreachable()))
                        ? through(service, question, cancellation)
                        : answer;
            }
        };
    }

    private Optional<MetricSource> source(String base) {
        try {
            return Optional.of(new PrometheusSource(
                    new PrometheusAccess(
                            URI.create(base),
                            declared.credential(),
                            declared.authority().map(repository::resolve),
                            declared.timeout()),
                    secrets));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Answer through(
            PrometheusAddress.InCluster service, Function<MetricSource, Answer> question, Cancellation cancellation) {
        lock.lock();
        try {
            Opening opening = opened(service, cancellation);
            return switch (opening) {
                case Opening.Opened opened -> {
                    Answer answer = source("http://127.0.0.1:" + opened.way().port())
                            .map(question)
                            .orElseThrow();
                    if (answer.equals(new Answer.Unanswered(new Reason.Unreachable()))) {
                        close();
                    }
                    yield answer;
                }
                case Opening.Failed failed -> new Answer.Unanswered(new Reason.NotForwarded(failed.reason()));
                case Opening.TimedOut late -> new Answer.Unanswered(new Reason.TimedOut(late.limit()));
                case Opening.Cancelled cancelled -> new Answer.Unanswered(new Reason.Cancelled());
            };
        } finally {
            lock.unlock();
        }
    }

    private Opening opened(PrometheusAddress.InCluster service, Cancellation cancellation) {
        ServiceForward.Way open = way;
        if (open != null && open.isOpen()) {
            return new Opening.Opened(open);
        }
        close();
        Opening opening = forward.open(
                new ServiceForward.Service(service.namespace(), service.service(), service.port()),
                declared.timeout(),
                LIFETIME,
                cancellation);
        if (opening instanceof Opening.Opened(ServiceForward.Way opened)) {
            way = opened;
        }
        return opening;
    }

    /** Closes the way into the cluster, if there is one. */
    @Override
    public void close() {
        lock.lock();
        try {
            ServiceForward.Way open = way;
            way = null;
            if (open != null) {
                open.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
