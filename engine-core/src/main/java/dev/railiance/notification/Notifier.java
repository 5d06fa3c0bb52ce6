package dev.railiance.notification;

import dev.railiance.contract.Notification;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.notification.Outbox.Pending;
import dev.railiance.process.Cancellation;
import dev.railiance.promotion.ImpossibleHistory;
import dev.railiance.promotion.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells receivers beside the work that they are told of: never in its way, and without a word to it where that fails. What was
 * not told when it is closed is told by the next one that is woken for the same target.
 */
public final class Notifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration FAREWELL = Duration.ofMillis(1_500);
    private static final Duration ENDING = Duration.ofMillis(500);

    private final Outbox outbox;
    private final Webhook webhook;
    private final InstantSource clock;
    private final Cancellation cancellation = new Cancellation();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread looking =
            Thread.ofPlatform().daemon().name("railiance-notifications").unstarted(this::look);
    private final Set<Target> targets = new HashSet<>();
    private final Set<Notification> busy = new HashSet<>();
    private final Map<Notification, Trouble> troubles = new LinkedHashMap<>();
    private boolean woken;
    private boolean unreadable;
    private boolean closing;
    private boolean cancelled;

    /**
     * What keeps a receiver from being told.
     *
     * @param times in a row
     * @param until when it is tried again, by {@link System#nanoTime}
     */
    private record Trouble(String what, int times, long until) {

        boolean over(long now) {
            return until - now <= 0;
        }
    }

    private Notifier(Outbox outbox, Webhook webhook, InstantSource clock) {
        this.outbox = outbox;
        this.webhook = webhook;
        this.clock = clock;
    }

    /**
     * One that sleeps until it is woken.
     *
     * @param environment of this process, where secrets may be
     */
    public static Notifier start(
            Ledger ledger, EventCodec codec, Map<String, String> environment, InstantSource clock) {
        var notifier = new Notifier(new Outbox(ledger, codec), new Webhook(environment, clock), clock);
        notifier.looking.start();
        return notifier;
    }

    /** Says that there is news of a target. Returns at once. */
    public synchronized void wake(Target target) {
        targets.add(target);
        woken = true;
        notifyAll();
    }

    private void look() {
        try {
            while (awaited()) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until there is news, or it is time to try again; false when there is nothing more to do. */
    private synchronized boolean awaited() throws InterruptedException {
        while (!cancelled) {
            long now = System.nanoTime();
            OptionalLong pause = troubles.entrySet().stream()
                    .filter(each -> !busy.contains(each.getKey()))
                    .mapToLong(each -> each.getValue().until() - now)
                    .min();
            if (woken || pause.orElse(1) <= 0) {
                woken = false;
                return true;
            }
            if (closing && busy.isEmpty() && troubles.isEmpty()) {
                return false;
            }
            wait(pause.isPresent() ? pause.getAsLong() / 1_000_000 + 1 : 0);
        }
        return false;
    }

    /** Has everybody told who waits for news and is not being told already: a slow receiver keeps no other waiting. */
    private void round() {
        Set<Notification> occupied = occupied();
        Map<Notification, List<Pending>> each = pending();
        synchronized (this) {
            troubles.keySet().retainAll(each.keySet());
            long now = System.nanoTime();
            each.forEach((receiver, pending) -> {
                Trouble trouble = troubles.get(receiver);
                // Of one that was being told what was read may have been told since.
                boolean free = !occupied.contains(receiver) && (trouble == null || trouble.over(now));
                if (free && busy.add(receiver)) {
                    threads.execute(() -> deliver(receiver, pending));
                }
            });
        }
    }

    private synchronized Set<Notification> occupied() {
        return Set.copyOf(busy);
    }

    private Map<Notification, List<Pending>> pending() {
        boolean read = false;
        try {
            Map<Notification, List<Pending>> each = outbox.pending(targets(), clock.instant()).stream()
                    .collect(Collectors.groupingBy(Pending::receiver, LinkedHashMap::new, Collectors.toList()));
            read = true;
            return each;
        } catch (LedgerException | ImpossibleHistory e) {
            return Map.of();
        } finally {
            unreadable(!read);
        }
    }

    private synchronized void unreadable(boolean is) {
        unreadable = is;
    }

    private synchronized Set<Target> targets() {
        return Set.copyOf(targets);
    }

    private void deliver(Notification receiver, List<Pending> pending) {
        Optional<String> problem = Optional.of(pending.size() + " events: telling it broke off");
        try {
            problem = tell(receiver, pending);
        } catch (LedgerException e) {
            problem = Optional.of(pending.size() + " events: the ledger keeps no receipt");
        } finally {
            settled(receiver, problem);
        }
    }

    /** In order, up to the first that fails. */
    private Optional<String> tell(Notification receiver, List<Pending> pending) {
        int told = 0;
        Optional<String> problem = Optional.empty();
        while (told < pending.size() && problem.isEmpty()) {
            problem = webhook.tell(receiver, pending.get(told).notice(), cancellation);
            told += problem.isEmpty() ? 1 : 0;
        }
        outbox.told(pending.subList(0, told));
        int left = pending.size() - told;
        return problem.map(why -> left + (left == 1 ? " event: " : " events: ") + why);
    }

    private synchronized void settled(Notification receiver, Optional<String> problem) {
        busy.remove(receiver);
        Trouble before = troubles.remove(receiver);
        int times = before == null ? 0 : Math.min(before.times() + 1, MOST_DOUBLINGS);
        problem.ifPresent(what ->
                troubles.put(receiver, new Trouble(what, times, System.nanoTime() + (FIRST_PAUSE.toNanos() << times))));
        // There may have been news meanwhile.
        woken |= problem.isEmpty();
        notifyAll();
    }

    /** Tells what there still is to tell, for at most two seconds, and says what is left. */
    @Override
    public void close() {
        boolean interrupted = false;
        closing();
        try {
            if (!looking.join(FAREWELL)) {
                cancel();
                settle();
            }
        } catch (InterruptedException e) {
            cancel();
            interrupted = true;
        }
        threads.shutdown();
        report();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void closing() {
        closing = true;
        notifyAll();
    }

    private void cancel() {
        cancellation.cancel();
        synchronized (this) {
            cancelled = true;
            notifyAll();
        }
    }

    /** What was told by now gets its receipts. */
    private synchronized void settle() throws InterruptedException {
        long end = System.nanoTime() + ENDING.toNanos();
        for (long left = ENDING.toNanos(); !busy.isEmpty() && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }

    private synchronized void report() {
        troubles.forEach((receiver, trouble) -> LOG.warn(
                "notification \"{}\" was not told of {}; the next command that records something there tries again",
                receiver.name(),
                trouble.what()));
        if (unreadable) {
            LOG.warn("the ledger does not say what is still to be told; the next command tries again");
        }
    }
}
