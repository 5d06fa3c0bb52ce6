package dev.railiance.projection;

import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionId;
import dev.railiance.promotion.Target;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ledger for its {@link Statistics}. Holds the promotions that have not ended and eight bytes for each duration. Of
 * the events only openings are decoded: of the others the type and the time are enough.
 */
final class DeliveryLog {

    private final Statistics.Scope scope;
    private final EventCodec codec;
    private final Map<PromotionId, Journey> journeys = new HashMap<>();
    private final SortedMap<Target, TargetDelivery> targets =
            new TreeMap<>(Comparator.comparing(Target::app).thenComparing(Target::environment));
    private @Nullable Instant first;
    private @Nullable Instant last;

    DeliveryLog(Statistics.Scope scope, EventCodec codec) {
        this.scope = scope;
        this.codec = codec;
    }

    /** A promotion that has not ended. */
    private static final class Journey {
        private final TargetDelivery delivery;
        private final Instant opened;
        private boolean promoting;
        private boolean inProduction;
        private boolean deploymentCounts;

        Journey(TargetDelivery delivery, Instant opened) {
            this.delivery = delivery;
            this.opened = opened;
        }
    }

    /** The next event, in the order of the ledger. */
    void read(StoredEvent event) {
        Instant at = event.at();
        if (scope.until().filter(until -> !at.isBefore(until)).isPresent()) {
            return;
        }
        if (event.type().equals("promotion.opened")) {
            open(event);
        }
        Journey journey = journeys.get(event.promotion());
        if (journey == null) {
            return;
        }
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
        follow(journey, event, scope.since().filter(at::isBefore).isEmpty());
    }

    private void open(StoredEvent event) {
        if (codec.decode(event) instanceof PromotionOpened opened && wanted(opened.target())) {
            TargetDelivery delivery = targets.computeIfAbsent(opened.target(), target -> new TargetDelivery());
            journeys.put(event.promotion(), new Journey(delivery, event.at()));
        }
    }

    private boolean wanted(Target target) {
        return scope.app().filter(app -> !app.equals(target.app())).isEmpty()
                && scope.environment()
                        .filter(environment -> !environment.equals(target.environment()))
                        .isEmpty();
    }

    private void follow(Journey journey, StoredEvent event, boolean counts) {
        Instant at = event.at();
        switch (event.type()) {
            case "promotion.promote-started" -> journey.promoting = true;
            case "promotion.promoted" -> {
                journey.promoting = false;
                journey.inProduction = true;
                journey.deploymentCounts = counts;
                journey.delivery.deployed(journey.opened, at, counts);
            }
            case "promotion.promote-failed" -> {
                journey.promoting = false;
                journey.delivery.notDeployed(event.promotion(), at, counts);
            }
            case "promotion.rollback-started" -> {
                if (journey.inProduction) {
                    journey.delivery.takenBack(event.promotion(), at, journey.deploymentCounts, counts);
                    journey.inProduction = false;
                } else if (journey.promoting) {
                    // Taken back before anybody recorded that it failed, which says that it did.
                    journey.promoting = false;
                    journey.delivery.notDeployed(event.promotion(), at, counts);
                }
            }
            case "promotion.rolled-back" -> {
                journey.delivery.rolledBack(event.promotion(), at);
                journeys.remove(event.promotion());
            }
            case "promotion.aborted", "promotion.superseded" -> journeys.remove(event.promotion());
            default -> {
                // The other steps on the way change none of the measures.
            }
        }
    }

    /** The measures, once every event was read. */
    Statistics statistics() {
        Optional<Statistics.Period> period = first == null || last == null
                ? Optional.empty()
                : Optional.of(new Statistics.Period(
                                scope.since().orElse(first),
                                scope.until().orElse(last),
                                scope.until().isEmpty()))
                        .filter(asked -> asked.from().isBefore(asked.to()));
        var total = new TargetDelivery();
        targets.values().forEach(total::addAll);
        return new Statistics(
                Statistics.SCHEMA,
                scope.app(),
                scope.environment(),
                period,
                total.measures(period),
                targets.entrySet().stream()
                        .map(entry -> new Statistics.OfTarget(
                                entry.getKey().app(),
                                entry.getKey().environment(),
                                entry.getValue().measures(period)))
                        .toList());
    }
}
