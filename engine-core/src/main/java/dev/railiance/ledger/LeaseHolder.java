package dev.railiance.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The process that holds a lease, told in such a way that another one on the same machine can see whether it has died.
 *
 * @param kernel which run of which kernel, and which process namespace of it: process ids mean something only there; empty
 *     where the system does not tell
 * @param pid process id
 * @param started when the process started, in the kernel's ticks since it was booted, which do not move with the clock;
 *     tells it from a later one with the same id; 0 where the system does not tell
 * @param host name of the machine, for people
 */
public record LeaseHolder(String kernel, long pid, long started, String host) {

    private static final Path PROCESSES = Path.of("/proc");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    /** This process. */
    public static LeaseHolder thisProcess() {
        long pid = ProcessHandle.current().pid();
        return new LeaseHolder(kernelHere(), pid, Life.of("self").started(pid), hostHere());
    }

    /** Reads what {@link #toString()} wrote; something else is somebody of whom nothing is known. */
    public static LeaseHolder parse(String text) {
        String[] words = text.split(" ", 4);
        try {
            return new LeaseHolder(
                    words[0].equals("-") ? "" : words[0], Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new LeaseHolder("", 0, 0, "another machine");
        }
    }

    /** Whether it is certain that the process has ended. Of one on another machine nothing is certain. */
    public boolean hasDied() {
        return here() && Life.of(Long.toString(pid)).endedOrAnother(pid, started);
    }

    /** Whether it is certain that the process lives. */
    public boolean isAlive() {
        return here() && Life.of(Long.toString(pid)).started(pid) == started;
    }

    private boolean here() {
        return started != 0 && !kernel.isEmpty() && kernel.equals(kernelHere());
    }

    /**
     * What the kernel says of a process.
     *
     * @param seen whether it lets this process see that one
     * @param pid 0 if there is none
     * @param started in ticks; 0 if it has ended
     */
    private record Life(boolean seen, long pid, long started) {

        private static final int STATE = 0;
        private static final int START = 19;

        static Life of(String process) {
            try {
                String stat = Files.readString(PROCESSES.resolve(process).resolve("stat"), StandardCharsets.ISO_8859_1);
                // The name of the program may have spaces and brackets.
                String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                boolean ended = words[STATE].equals("Z") || words[STATE].equals("X");
                return new Life(
                        true,
                        Long.parseLong(stat.substring(0, stat.indexOf(' '))),
                        ended ? 0 : Long.parseLong(words[START]));
            } catch (NoSuchFileException e) {
                // Where the processes of others are hidden, the first one is.
                return new Life(Files.isReadable(PROCESSES.resolve("1/stat")), 0, 0);
            } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
                return new Life(false, 0, 0);
            }
        }

        long started(long expected) {
            return pid == expected ? started : 0;
        }

        boolean endedOrAnother(long expected, long then) {
            return seen && started(expected) != then;
        }
    }

    private static String kernelHere() {
        try {
            return Files.readString(BOOT).strip() + "/"
                    + Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String hostHere() {
        try {
            return Files.readString(HOSTNAME).strip();
        } catch (IOException e) {
            return "this machine";
        }
    }

    /** For people: which process of which machine. */
    public String described() {
        return "process " + pid + " on " + host;
    }

    /** One line, for {@link #parse}. */
    @Override
    public String toString() {
        return (kernel.isEmpty() ? "-" : kernel) + " " + pid + " " + started + " " + host;
    }
}
