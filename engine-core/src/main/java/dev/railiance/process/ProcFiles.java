package dev.railiance.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Linux tells about processes in /proc. */
final class ProcFiles {

    /** Whether this system tells the environment of processes. */
    static final boolean AVAILABLE = new File("/proc/self/environ").canRead();

    private static final File PROC = new File("/proc");
    private static final int CHUNK = 1 << 16;

    private final byte[] buffer = new byte[CHUNK];

    /** What the start environment of a process shows. */
    enum Environment {
        /** It holds the marker. */
        MARKED,
        /** It does not. */
        OTHER,
        /** It shows nothing: the process is in mid-exec, a zombie, a kernel thread, or was given no environment. */
        EMPTY,
        /** The process has gone, or belongs to somebody else. */
        CLOSED
    }

    /** The ids of all processes that exist at this moment. */
    static long[] pids() {
        String @Nullable [] names = PROC.list();
        if (names == null) {
            return new long[0];
        }
        long[] pids = new long[names.length];
        int count = 0;
        for (String name : names) {
            if (Character.isDigit(name.charAt(0))) {
                pids[count++] = Long.parseLong(name);
            }
        }
        return Arrays.copyOf(pids, count);
    }

    /** The same as a set. Process ids are below 2^22 on Linux. */
    static BitSet pidSet() {
        BitSet set = new BitSet();
        for (long pid : pids()) {
            set.set((int) pid);
        }
        return set;
    }

    /** Searches the environment with which the process was started. */
    Environment environment(long pid, byte[] marker) {
        boolean empty = true;
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/environ")) {
            int held = 0;
            while (true) {
                int read = in.read(buffer, held, buffer.length - held);
                if (read <= 0) {
                    return empty ? Environment.EMPTY : Environment.OTHER;
                }
                empty = false;
                int end = held + read;
                if (contains(buffer, end, marker)) {
                    return Environment.MARKED;
                }
                held = Math.min(end, marker.length - 1);
                System.arraycopy(buffer, end - held, buffer, 0, held);
            }
        } catch (IOException e) {
            return Environment.CLOSED;
        }
    }

    /** Whether the process is dead but not yet reaped. Nobody can kill such a one, and it does nothing any more. */
    static boolean isZombie(long pid) {
        String state = statOf(pid);
        return state.startsWith("Z") || state.startsWith("X");
    }

    /** The children of every process at this moment, by parent. */
    static Map<Long, List<Long>> children() {
        Map<Long, List<Long>> children = new HashMap<>();
        for (long pid : pids()) {
            String[] state = statOf(pid).split(" ", 3);
            if (state.length == 3) {
                children.computeIfAbsent(Long.valueOf(state[1]), parent -> new ArrayList<>())
                        .add(pid);
            }
        }
        return children;
    }

    /** State, parent and what follows, separated by blanks; empty when the process has gone. */
    private static String statOf(long pid) {
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/stat")) {
            // "pid (name) state parent …"; the name may hold anything, so the state is looked for behind the last
            // bracket.
            String stat = new String(in.readNBytes(512), StandardCharsets.ISO_8859_1);
            return stat.substring(Math.min(stat.length(), stat.lastIndexOf(')') + 2));
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean contains(byte[] bytes, int end, byte[] wanted) {
        for (int i = 0; i <= end - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
