package dev.railiance.source;

import dev.railiance.process.Cancellation;
import dev.railiance.process.Captured;
import dev.railiance.process.OutputSink;
import dev.railiance.process.ProcessOutcome;
import dev.railiance.process.ProcessRequest;
import dev.railiance.process.Processes;
import dev.railiance.source.SourceInspection.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Asks git about one directory of a work tree. Nothing is written, no hook runs, nobody is asked for a password. */
final class GitRepository {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LISTING_LIMIT = 256 << 20;
    private static final int SHORT = 4096;

    /** The directory asked about, without the engine's own files. */
    private static final List<String> HERE = List.of("--", ".", ":(exclude)" + SourceInspector.LEDGER_DIRECTORY);

    private final Processes processes;
    private final Path directory;
    private final Map<String, String> environment;
    private final Cancellation cancellation;

    GitRepository(Processes processes, Path directory, Map<String, String> environment, Cancellation cancellation) {
        this.processes = processes;
        this.directory = directory;
        this.environment = environment;
        this.cancellation = cancellation;
    }

    /** The commit of the work tree, empty when there is none yet. */
    Optional<String> commit() throws SourceUnavailable {
        var exited = run(SHORT, List.of("rev-parse", "--verify", "--quiet", "HEAD^{commit}"));
        return switch (exited.code()) {
            case 0 -> Optional.of(exited.stdout().text().strip());
            case 1 -> Optional.empty();
            default -> throw failed(exited);
        };
    }

    /** Whether an enclosing repository ignores the directory: then it is no part of it. */
    boolean isIgnored() throws SourceUnavailable {
        var exited = run(SHORT, List.of("check-ignore", "--quiet", "--", "."));
        return switch (exited.code()) {
            case 0 -> true;
            case 1 -> false;
            default -> throw failed(exited);
        };
    }

    /** Whether anything in the directory differs from the commit, or is in it without being ignored. */
    boolean isChanged() throws SourceUnavailable {
        var exited = run(
                SHORT,
                List.of("status", "--porcelain", "-z", "--untracked-files=normal", "--ignore-submodules=none"),
                HERE);
        if (exited.code() != 0) {
            throw failed(exited);
        }
        return exited.stdout().length() > 0;
    }

    /** Tracked files and those neither tracked nor ignored; also names that are tracked and no longer there. */
    SortedSet<FileName> files() throws SourceUnavailable {
        var exited = run(LISTING_LIMIT, List.of("ls-files", "--cached", "--others", "--exclude-standard", "-z"), HERE);
        if (exited.code() != 0 || exited.stdout().length() >= LISTING_LIMIT) {
            throw failed(exited);
        }
        return split(exited.stdout().bytes());
    }

    private static SortedSet<FileName> split(byte[] listing) {
        SortedSet<FileName> names = new TreeSet<>();
        int start = 0;
        for (int i = 0; i < listing.length; i++) {
            if (listing[i] == 0) {
                names.add(new FileName(Arrays.copyOfRange(listing, start, i)));
                start = i + 1;
            }
        }
        return names;
    }

    @SafeVarargs
    private ProcessOutcome.Exited run(int capture, List<String>... arguments) throws SourceUnavailable {
        List<String> argv = new ArrayList<>(List.of("git", "--no-pager"));
        // Either setting may name a program that git would run.
        argv.addAll(List.of("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"));
        for (List<String> more : arguments) {
            argv.addAll(more);
        }
        var request = new ProcessRequest(
                argv, directory, environment, LIMIT, Duration.ofSeconds(1), capture, OutputSink.NONE);
        return switch (processes.run(request, cancellation)) {
            case ProcessOutcome.Exited exited -> exited;
            case ProcessOutcome.TimedOut(Duration limit) ->
                throw new SourceUnavailable(
                        Reason.GIT_FAILED,
                        "git took longer than " + limit.toSeconds() + " s",
                        "find out with `git status` what holds it up");
            case ProcessOutcome.Cancelled cancelled -> throw SourceUnavailable.cancelled();
            case ProcessOutcome.Unstopped unstopped ->
                throw new SourceUnavailable(
                        Reason.GIT_FAILED,
                        "something that git started could not be stopped and may still run",
                        "look for it among the running processes, and end it");
            case ProcessOutcome.NotStarted(ProcessOutcome.Reason reason) ->
                throw new SourceUnavailable(
                        Reason.GIT_MISSING,
                        "this is a git repository, but git could not be started",
                        "install git, or put it on PATH");
        };
    }

    private static SourceUnavailable failed(ProcessOutcome.Exited exited) {
        if (exited.code() == 128 && speaksOfOwnership(exited.stderr())) {
            return new SourceUnavailable(
                    Reason.GIT_NOT_TRUSTED,
                    "git refuses this repository because it belongs to another user",
                    "git config --global --add safe.directory \"$PWD\"");
        }
        return new SourceUnavailable(
                Reason.GIT_FAILED, "git could not read the repository (exit code " + exited.code() + ")", "git status");
    }

    /** Only looked at, never shown. The locale is C, so the text is git's own. */
    private static boolean speaksOfOwnership(Captured stderr) {
        return stderr.text().contains("dubious ownership");
    }
}
