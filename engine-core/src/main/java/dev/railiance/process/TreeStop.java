package dev.railiance.process;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Stops all members of a tree: asks them with SIGTERM, waits, then kills until nothing is left. */
final class TreeStop {

    /** How long killing goes on. Only a process in an uninterruptible wait survives SIGKILL for long. */
    static final Duration KILLING = Duration.ofSeconds(5);

    private static final long PAUSE = Duration.ofMillis(10).toNanos();

    private final TreeMembers members;

    /** Times count from here: System.nanoTime may be negative. */
    private final long origin = System.nanoTime();

    private volatile long graceEnds = Long.MAX_VALUE;
    private volatile long killingEnds = Long.MAX_VALUE;

    TreeStop(TreeMembers members) {
        this.members = members;
    }

    /** Returns when nothing of the tree is left; false when something would not die. */
    boolean stop(Duration grace) {
        TreeMembers.Look first = members.look();
        if (first.over()) {
            return true;
        }
        shorten(grace, KILLING);
        return askToEnd(first) || kill();
    }

    /** Brings the ends nearer, also of a stop under way in another thread. */
    synchronized void shorten(Duration grace, Duration killing) {
        long now = now();
        graceEnds = Math.min(graceEnds, Nanos.later(now, grace));
        killingEnds = Math.min(killingEnds, Nanos.later(graceEnds, killing));
    }

    private boolean askToEnd(TreeMembers.Look first) {
        Set<ProcessHandle> asked = new HashSet<>();
        TreeMembers.Look look = first;
        while (!look.over()) {
            for (ProcessHandle process : look.living()) {
                if (asked.add(process)) {
                    process.destroy();
                }
            }
            if (now() >= graceEnds) {
                return false;
            }
            LockSupport.parkNanos(Math.min(PAUSE, Math.max(1, graceEnds - now())));
            look = members.look();
        }
        return true;
    }

    private boolean kill() {
        TreeMembers.Look look = members.look();
        while (!look.over()) {
            // Without a pause: a tree that forks without end has to be outrun.
            look.living().forEach(ProcessHandle::destroyForcibly);
            if (now() >= killingEnds) {
                return false;
            }
            look = members.look(ProcessHandle::destroyForcibly);
        }
        return true;
    }

    private long now() {
        return System.nanoTime() - origin;
    }
}
