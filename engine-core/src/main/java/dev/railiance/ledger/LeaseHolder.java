package dev.railiance.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The process that holds a lease, told in such a way that another one on the same machine can see whether it has died.
 *
 * @param kernel which run of which kernel, and which process namespace of it: process ids mean something only there; empty
 *     where the system does not tell
 * @param pid process id
 * @param started when the process started, in milliseconds since 1970; tells it from a later one with the same id
 * @param host name of the machine, for people
 */
public record LeaseHolder(String kernel, long pid, long started, String host) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    /** This process. */
    public static LeaseHolder thisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new LeaseHolder(kernelHere(), self.pid(), started(self), hostHere());
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
        return !kernel.isEmpty()
                && kernel.equals(kernelHere())
                && ProcessHandle.of(pid)
                        .filter(process -> process.isAlive() && started(process) == started)
                        .isEmpty();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
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
