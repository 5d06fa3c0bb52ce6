package dev.railiance.process;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds the living processes of one tree: those that carry the marker, wherever they have been re-parented to, and the
 * descendants seen while the tree ran, which is all there is where the system does not tell environments.
 */
final class TreeMembers {

    /** How often a process that shows no environment is looked at again: it may be between fork and exec. */
    private static final int LOOKS = 20;

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final byte[] marker;
    private final BitSet before;
    private final Set<ProcessHandle> seen = new HashSet<>();
    private final ProcFiles files = new ProcFiles();

    /**
     * @param marker what every member has in its environment
     * @param before the process ids in use before the tree was started, empty where that is unknown
     */
    TreeMembers(TreeMarker marker, BitSet before) {
        this.marker = marker.bytes();
        this.before = before;
    }

    /** Adds the process that the tree starts with. */
    synchronized void add(ProcessHandle root) {
        seen.add(root);
    }

    /** What of the tree is alive at this moment; remembered, so that it is found again after it has left the tree. */
    synchronized Set<ProcessHandle> living() {
        seen.removeIf(TreeMembers::isGone);
        if (!ProcFiles.AVAILABLE) {
            for (ProcessHandle process : List.copyOf(seen)) {
                process.descendants().forEach(seen::add);
            }
            return Set.copyOf(seen);
        }
        seen.addAll(marked());
        if (!seen.isEmpty()) {
            addDescendants();
        }
        return Set.copyOf(seen);
    }

    /** A descendant may have been given an environment without the marker. */
    private void addDescendants() {
        Map<Long, List<Long>> children = ProcFiles.children();
        Deque<Long> open = new ArrayDeque<>();
        seen.forEach(process -> open.add(process.pid()));
        while (!open.isEmpty()) {
            for (Long child : children.getOrDefault(open.remove(), List.of())) {
                ProcessHandle.of(child)
                        .filter(process -> !isGone(process) && seen.add(process))
                        .ifPresent(process -> open.add(process.pid()));
            }
        }
    }

    /**
     * Goes on until one listing holds nothing that has not been looked at: a parent may end between listing and look, and
     * its child was not yet listed then.
     */
    private Set<ProcessHandle> marked() {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        BitSet decided = new BitSet();
        for (int look = 0; look < LOOKS && found.isEmpty(); look++) {
            long[] open = Arrays.stream(ProcFiles.pids())
                    .filter(pid -> !decided.get((int) pid))
                    .toArray();
            if (open.length == 0) {
                break;
            }
            if (look > 1) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (long pid : open) {
                decided.set((int) pid, isDecided(pid, found));
            }
        }
        return found;
    }

    private boolean isDecided(long pid, Set<ProcessHandle> found) {
        return switch (files.environment(pid, marker)) {
            case MARKED -> {
                ProcessHandle.of(pid).ifPresent(found::add);
                yield true;
            }
            case EMPTY -> before.get((int) pid) || ProcFiles.isZombie(pid);
            case OTHER, CLOSED -> true;
        };
    }

    private static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || (ProcFiles.AVAILABLE && ProcFiles.isZombie(process.pid()));
    }
}
