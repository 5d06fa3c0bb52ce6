package dev.railiance.overlay;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.overlay.FileChange.Action;
import dev.railiance.overlay.OverlayResult.ChangedFile;
import dev.railiance.process.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** An overlay and where it is to be. Nothing here asks a network. */
public final class Overlay {

    private final OverlayArguments arguments;
    private final Path root;
    private final OverlayDirectory directory;
    private final Map<String, String> files;
    private final OverlayRecord record;

    /** The overlay that a template makes from these arguments. */
    public Overlay(OverlayTemplate template, OverlayArguments arguments, Path root) {
        this.arguments = arguments;
        this.root = root;
        this.directory = new OverlayDirectory(this.root);
        this.files = template.files(arguments);
        this.record = OverlayRecord.of(arguments, files);
    }

    /**
     * The directory that somebody names, as an absolute path without links on the way to it. Whether it can be written to
     * is seen later.
     */
    public static Outcome<Path> place(Path from, String given) {
        Path named;
        try {
            named = from.resolve(given).toAbsolutePath();
        } catch (InvalidPathException e) {
            return noPlace();
        }
        Path last = named.getFileName();
        Path parent = named.getParent();
        if (given.isBlank() || last == null || parent == null) {
            return noPlace();
        }
        try {
            boolean dots = last.toString().equals(".") || last.toString().equals("..");
            return Outcome.done(dots ? named.toRealPath() : parent.toRealPath().resolve(last));
        } catch (IOException e) {
            return refused(
                    "there is no directory " + OverlayDirectory.shown(parent) + " to put the overlay in",
                    Code.OUTPUT_UNWRITABLE);
        }
    }

    private static <T> Outcome<T> noPlace() {
        return Outcome.notDone(
                new Failure(Code.USAGE, "--dir does not name a directory", "railiance help create-overlay"));
    }

    /**
     * Creates the overlay, or brings one that is there up to date.
     *
     * @param dryRun only say what would be done
     * @param update write to an overlay that is there already
     */
    public Outcome<OverlayResult> write(boolean dryRun, boolean update) {
        if (directory.isLink()) {
            return refused(
                    OverlayDirectory.shown(root) + " is a link; an overlay is a directory of its own",
                    Code.PATH_LEADS_OUT);
        }
        try {
            Optional<Failure> faulty = ContractTrial.of(arguments, files);
            if (faulty.isPresent()) {
                return Outcome.notDone(faulty.get());
            }
            return dryRun ? look(true, false) : alone(update);
        } catch (IOException e) {
            return OverlayDirectory.unwritable(root, e);
        }
    }

    private Outcome<OverlayResult> alone(boolean update) throws IOException {
        Optional<OverlayLock> lock = OverlayLock.of(root);
        if (lock.isEmpty()) {
            return Outcome.notDone(new Failure(
                    Code.CHANGED_CONCURRENTLY,
                    "another create-overlay is writing to " + OverlayDirectory.shown(root),
                    "the same again, when it has ended"));
        }
        OverlayLock held = lock.get();
        try {
            return look(false, update);
        } finally {
            held.close();
        }
    }

    private Outcome<OverlayResult> look(boolean dryRun, boolean update) throws IOException {
        if (directory.isFree(files)) {
            return dryRun ? Outcome.done(created("planned")) : create();
        }
        Optional<String> text = directory.obstacle(OverlayRecord.PATH).isPresent()
                ? Optional.empty()
                : directory.bytes(OverlayRecord.PATH).flatMap(OverlayDirectory::decoded);
        Optional<Map<String, String>> base = text.flatMap(is -> OverlayRecord.files(is, arguments.name()));
        if (base.isEmpty()) {
            return refused(
                    OverlayDirectory.shown(root) + " is not empty and not an overlay of " + arguments.name()
                            + ": it has no sound " + OverlayRecord.PATH + " of that name",
                    Code.DIRECTORY_NOT_EMPTY);
        }
        return renew(base.get(), text.orElseThrow(), update && !dryRun);
    }

    private Outcome<OverlayResult> create() throws IOException {
        Path parent = root.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return refused(
                    "there is no directory " + OverlayDirectory.shown(root.resolveSibling(""))
                            + " to put the overlay in",
                    Code.OUTPUT_UNWRITABLE);
        }
        var all = new TreeMap<>(files);
        all.put(OverlayRecord.PATH, record.text());
        directory.create(all, OverlayRecord.PATH);
        return Outcome.done(created("created"));
    }

    private OverlayResult created(String outcome) {
        List<ChangedFile> all = new ArrayList<>();
        files.keySet().forEach(path -> all.add(new ChangedFile(path, "created", "", "", "")));
        all.add(new ChangedFile(OverlayRecord.PATH, "created", "", "", ""));
        return result(outcome, all, outcome.equals("created") ? next() : "");
    }

    private Outcome<OverlayResult> renew(Map<String, String> base, String text, boolean write) throws IOException {
        var paths = new TreeSet<>(base.keySet());
        paths.addAll(files.keySet());
        List<FileChange> changes = new ArrayList<>();
        for (String path : paths) {
            Optional<Path> obstacle = directory.obstacle(path);
            if (obstacle.isPresent()) {
                return refused(
                        obstacle.get() + " is a link or no plain file; nothing was written", Code.PATH_LEADS_OUT);
            }
            Optional<byte[]> there = directory.bytes(path);
            Optional<String> yours = there.flatMap(OverlayDirectory::decoded);
            Optional<String> old = Optional.ofNullable(base.get(path));
            Optional<String> made = Optional.ofNullable(files.get(path));
            changes.add(
                    there.isPresent() && yours.isEmpty()
                            ? FileChange.ofNoText(path, old, made)
                            : FileChange.of(path, old, yours, made));
        }
        boolean same = text.equals(record.text());
        List<ChangedFile> told = new ArrayList<>();
        for (FileChange change : changes) {
            told.add(told(change, write));
        }
        if (same && changes.stream().noneMatch(change -> change.action().changes())) {
            return Outcome.done(result("unchanged", told, ""));
        }
        if (write) {
            // Last: as long as it is the old one, a broken update can be done again.
            directory.write(OverlayRecord.PATH, record.text());
        }
        return Outcome.done(result(write ? "updated" : "planned", told, write ? next() : ""));
    }

    private ChangedFile told(FileChange change, boolean write) throws IOException {
        String text = change.text().orElse("");
        String beside = change.action() == Action.CONFLICT ? directory.beside(change.path(), text) : "";
        if (write && change.action() == Action.REMOVED) {
            directory.delete(change.path());
        } else if (write && change.action().changes()) {
            directory.write(beside.isEmpty() ? change.path() : beside, text);
        }
        return new ChangedFile(
                change.path(),
                change.action().name().toLowerCase(Locale.ROOT),
                change.yourDiff(),
                change.newDiff(),
                beside);
    }

    /** What stands between the overlay and a run comes first: an image that nobody named, a chart that is not there. */
    private String next() {
        if (arguments.lacksImage()) {
            return "railiance validate --repo " + ShellWord.of(root.toString());
        }
        List<String> upstream = arguments.chartParts();
        boolean fetched = upstream.isEmpty()
                || directory.holds("chart/charts/" + upstream.get(1) + "-" + upstream.get(2) + ".tgz");
        return fetched
                ? "railiance run --repo " + ShellWord.of(root.toString())
                : "helm dependency update " + ShellWord.of(root.resolve("chart").toString());
    }

    private OverlayResult result(String outcome, List<ChangedFile> changed, String nextStep) {
        return new OverlayResult(
                OverlayResult.SCHEMA,
                outcome,
                arguments.name(),
                root.toString(),
                OverlayTemplate.VERSION,
                changed,
                nextStep);
    }

    private static <T> Outcome<T> refused(String message, Code code) {
        return Outcome.notDone(new Failure(code, message, "name another place with --dir DIR"));
    }
}
