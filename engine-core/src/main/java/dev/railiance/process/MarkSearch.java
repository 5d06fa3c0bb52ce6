package dev.railiance.process;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Searches all processes for a marker. The prey may flee: each process starts its successor and ends. So what is found
 * is told the moment it is seen, what has gone before it could be looked at counts as a trace and not as an absence, and
 * between two passes no time is spent on what is known to be foreign.
 */
final class MarkSearch {

    /** So many listings in a row without a trace: one alone may miss a process when the process ids start anew. */
    private static final int CLEAN_PASSES = 2;

    /**
     * How long traces alone are followed. On a busy system strangers come and go all the time; of something that flees
     * the hundreds of passes in this time would have met one alive.
     */
    private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A process id may belong to another process after so long, but not sooner. */
    private static final long MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** For a process in mid-exec: on a single processor it has to be given time to get on. */
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final byte[] marker;
    private final ProcFiles files = new ProcFiles();

    /** What needs no second look: foreign processes, and dead ones of which nobody takes notice. */
    private final BitSet decided = new BitSet();

    private long forgotten = System.nanoTime();

    private enum Pass {
        FOUND,
        /** Something has gone unseen. */
        GONE,
        /** Something does not show its environment yet. */
        VEILED,
        CLEAN
    }

    MarkSearch(byte[] marker) {
        this.marker = marker;
    }

    /**
     * Looks until something is found, or nothing can be left.
     *
     * @param found told of every process with the marker as soon as it is seen
     * @return whether something was found, even if it has gone by now
     */
    boolean search(LongConsumer found) {
        long start = System.nanoTime();
        if (start - forgotten > MEMORY_NANOS) {
            decided.clear();
            forgotten = start;
        }
        int clean = 0;
        while (clean < CLEAN_PASSES) {
            Pass pass = pass(found);
            if (pass == Pass.FOUND) {
                return true;
            }
            clean = pass == Pass.CLEAN ? clean + 1 : 0;
            if (pass != Pass.CLEAN && System.nanoTime() - start > DOUBT_NANOS) {
                break;
            }
            if (pass == Pass.VEILED) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return false;
    }

    private Pass pass(LongConsumer found) {
        long[] pids = ProcFiles.pids();
        Pass pass = Pass.CLEAN;
        // The newest first: a fleeing process is the youngest, and every microsecond counts.
        for (int i = pids.length - 1; i >= 0; i--) {
            int pid = (int) pids[i];
            if (!decided.get(pid)) {
                Pass one = look(pid, found);
                pass = one.compareTo(pass) < 0 ? one : pass;
            }
        }
        return pass;
    }

    private Pass look(int pid, LongConsumer found) {
        return switch (files.look(pid, marker)) {
            case MARKED -> {
                found.accept(pid);
                yield Pass.FOUND;
            }
            case OTHER -> {
                decided.set(pid);
                yield Pass.CLEAN;
            }
            case VEILED -> Pass.VEILED;
            case GONE -> Pass.GONE;
            case DEAD -> {
                decided.set(pid);
                yield Pass.GONE;
            }
        };
    }
}
