package dev.railiance.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Linux tells about processes in /proc. */
final class ProcFiles {

    /** Whether this system tells the environment of processes. */
    static final boolean AVAILABLE = new File("/proc/self/environ").canRead();

    private static final File PROC = new File("/proc");

    /** The JDK reads up to so much without allocating. */
    private static final int CHUNK = 1 << 13;

    // Fields of stat, counted from the state; see proc_pid_stat(5).
    private static final int FLAGS = 6;
    private static final int CODE_END = 24;
    private static final int ENVIRONMENT_START = 47;
    private static final int ENVIRONMENT_END = 48;
    private static final long EXITING = 0x4;
    private static final long KERNEL_THREAD = 0x200000;

    private final byte[] buffer = new byte[CHUNK];

    /** What one look at a process tells of its start environment. */
    enum Sight {
        /** It holds the marker. */
        MARKED,
        /** It does not, or there is none: a kernel thread, a process of somebody else, one with no environment at all. */
        OTHER,
        /** It cannot be seen yet or any more: the process is in mid-exec or about to end. */
        VEILED,
        /** The process is dead but not yet reaped. */
        DEAD,
        /** There is no such process. */
        GONE
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

    /** Searches the environment with which the process was started; a second file is read only where it shows nothing. */
    Sight look(long pid, byte[] marker) {
        boolean empty = true;
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/environ")) {
            int held = 0;
            while (true) {
                int read = in.read(buffer, held, buffer.length - held);
                if (read <= 0) {
                    return empty ? unseen(pid, true) : Sight.OTHER;
                }
                empty = false;
                int end = held + read;
                if (contains(buffer, end, marker)) {
                    return Sight.MARKED;
                }
                held = Math.min(end, marker.length - 1);
                System.arraycopy(buffer, end - held, buffer, 0, held);
            }
        } catch (IOException e) {
            return unseen(pid, false);
        }
    }

    /** Why nothing was seen. Whatever the kernel does not explain may be a member that is just starting. */
    private static Sight unseen(long pid, boolean readable) {
        String stat = statOf(pid);
        if (stat.isEmpty()) {
            return Sight.GONE;
        }
        if (isDead(stat)) {
            return Sight.DEAD;
        }
        String[] fields = stat.split(" ", ENVIRONMENT_END + 2);
        if (fields.length <= ENVIRONMENT_END) {
            return Sight.VEILED;
        }
        long flags = Long.parseLong(fields[FLAGS]);
        if ((flags & KERNEL_THREAD) != 0) {
            return Sight.OTHER;
        }
        if ((flags & EXITING) != 0) {
            return Sight.VEILED;
        }
        // Exec tells where the code ends after it has laid out the environment. Of somebody else's process nothing is
        // told, but his file does not open.
        String end = fields[ENVIRONMENT_END];
        boolean started = !fields[CODE_END].equals("0");
        return !readable || (started && end.equals(fields[ENVIRONMENT_START])) ? Sight.OTHER : Sight.VEILED;
    }

    /** Whether the process is dead but not yet reaped. Nobody can kill such a one, and it does nothing any more. */
    static boolean isZombie(long pid) {
        return isDead(statOf(pid));
    }

    private static boolean isDead(String stat) {
        return stat.startsWith("Z") || stat.startsWith("X");
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
            String stat = new String(in.readNBytes(1024), StandardCharsets.ISO_8859_1);
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
