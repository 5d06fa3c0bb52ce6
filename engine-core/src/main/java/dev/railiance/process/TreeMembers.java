package dev.railiance.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the living processes of one tree: those that carry the marker, wherever they have been re-parented to, and the
 * descendants seen while the tree ran, which is all there is where the system does not tell environments.
 */
final class TreeMembers {

    private final Set<ProcessHandle> seen = new HashSet<>();
    private final MarkSearch search;

    /** Takes what every member has in its environment. */
    TreeMembers(TreeMarker marker) {
        this.search = new MarkSearch(marker.bytes());
    }

    /** Adds the process that the tree starts with. */
    synchronized void add(ProcessHandle root) {
        seen.add(root);
    }

    /**
     * What one look has found.
     *
     * @param living what is alive
     * @param over whether nothing is left: nothing lives, and nothing was seen that may have left a successor
     */
    record Look(Set<ProcessHandle> living, boolean over) {}

    /** What of the tree is alive at this moment; remembered, so that it is found again after it has left the tree. */
    Look look() {
        return look(process -> {});
    }

    /**
     * The same, with a blow at each marked process the moment it is seen: the search for descendants takes long enough
     * for it to flee. Descendants without the marker that nobody has seen yet are out of reach when that kills their
     * parent, so {@link #look()} goes first.
     */
    synchronized Look look(Consumer<ProcessHandle> blow) {
        if (!ProcFiles.AVAILABLE) {
            seen.removeIf(TreeMembers::isGone);
            for (ProcessHandle process : List.copyOf(seen)) {
                process.descendants().forEach(seen::add);
            }
            return new Look(Set.copyOf(seen), seen.isEmpty());
        }
        boolean found = search.search(pid -> ProcessHandle.of(pid).ifPresent(process -> {
            blow.accept(process);
            seen.add(process);
        }));
        seen.removeIf(TreeMembers::isGone);
        if (!seen.isEmpty()) {
            addDescendants();
        }
        return new Look(Set.copyOf(seen), !found && seen.isEmpty());
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

    private static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || (ProcFiles.AVAILABLE && ProcFiles.isZombie(process.pid()));
    }
}
