package dev.railiance.stage1;

import dev.railiance.process.BoundedCall;
import dev.railiance.process.Cancellation;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.EvidenceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Collects the digests of the files that the contract declares as evidence. */
final class Evidence {

    /** What the collecting may come to; beyond it a glob is too wide to be meant. */
    record Limits(int files, int visited, long bytes, Duration time) {
        static final Limits STANDARD = new Limits(10_000, 1_000_000, 16L << 30, Duration.ofMinutes(10));
    }

    /** What was found, and the files. */
    record Collected(Finding finding, List<EvidenceFile> files) {}

    /** Evidence cannot lie where git and the ledger write. */
    private static final Set<String> SKIPPED = Set.of(".git", ".railiance");

    private final Repository repository;
    private final Limits limits;
    private final Cancellation cancellation;
    private final TreeMap<String, Path> matched = new TreeMap<>();
    private int visited;
    private volatile boolean givenUp;

    Evidence(Repository repository, Limits limits, Cancellation cancellation) {
        this.repository = repository;
        this.limits = limits;
        this.cancellation = cancellation;
    }

    /** Collects; each pattern must match a regular file at least. */
    Collected collect(List<String> patterns) {
        return bounded(() -> {
            match(patterns);
            return hash();
        });
    }

    /** Makes the evidence of one file that has been matched already. */
    Collected hashing(Path file) {
        return bounded(() -> {
            matched.put(repository.relative(file), file);
            return hash();
        });
    }

    /** In a thread that can be left behind: opening what has become a FIFO since it was listed blocks for ever. */
    private Collected bounded(Callable<Collected> work) {
        return switch (BoundedCall.make(work, () -> givenUp = true, limits.time(), cancellation)) {
            case BoundedCall.Result.Returned<Collected> returned -> returned.value();
            case BoundedCall.Result.Late<Collected> late ->
                nothing(Finding.errored("not collected within " + Spans.words(limits.time())));
            case BoundedCall.Result.Cancelled<Collected> cancelled -> nothing(Finding.INTERRUPTED);
            case BoundedCall.Result.Threw<Collected> threw -> nothing(broken(threw.cause()));
        };
    }

    private static Finding broken(Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> refusal.finding;
            case NoSuchFileException vanished -> Finding.errored("a file vanished while it was collected");
            default -> Finding.errored("a file or directory could not be read");
        };
    }

    private static Collected nothing(Finding finding) {
        return new Collected(finding, List.of());
    }

    private void match(List<String> patterns) throws IOException {
        for (String pattern : patterns) {
            Glob glob = Glob.parse(pattern)
                    .orElseThrow(() -> new Refusal(Finding.errored("\"" + pattern + "\" is not a glob pattern")));
            if (!match(glob, pattern)) {
                throw new Refusal(Finding.failed("\"" + pattern + "\" matches no file"));
            }
        }
    }

    private Collected hash() throws IOException {
        List<EvidenceFile> files = new ArrayList<>();
        long left = limits.bytes();
        for (var match : matched.entrySet()) {
            EvidenceFile file = hash(match.getKey(), match.getValue(), left);
            files.add(file);
            left -= file.bytes();
        }
        return new Collected(Finding.PASSED, files);
    }

    private boolean match(Glob glob, String pattern) throws IOException {
        Path base = repository
                .plain(glob.base())
                .orElseThrow(() -> new Refusal(Finding.errored("\"" + pattern + "\" leads out of the repository")));
        if (!Files.isDirectory(base)) {
            return false;
        }
        Path real = repository
                .followed(base)
                .orElseThrow(() -> new Refusal(Finding.errored("\"" + glob.base() + "\" leads out of the repository")));
        boolean[] found = {false};
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                Path name = directory.getFileName();
                boolean skipped = !directory.equals(real) && name != null && SKIPPED.contains(name.toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (givenUp || ++visited > limits.visited()) {
                    throw new Refusal(Finding.errored("more than " + limits.visited() + " files to look at"));
                }
                Path named = base.resolve(real.relativize(file));
                if (glob.matches(repository.root().relativize(named))) {
                    found[0] |= take(named, attributes);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found[0];
    }

    /** Takes a file that matches; whether it is a regular one, or a link to one. */
    private boolean take(Path named, BasicFileAttributes attributes) throws IOException {
        String path = repository.relative(named);
        Optional<Path> real = repository.followed(named);
        if (real.isEmpty()) {
            if (attributes.isSymbolicLink()) {
                throw new Refusal(Finding.errored("\"" + path + "\" leads out of the repository, or nowhere"));
            }
            throw new NoSuchFileException(path);
        }
        if (!Files.isRegularFile(real.get())) {
            return false;
        }
        matched.put(path, real.get());
        if (matched.size() > limits.files()) {
            throw new Refusal(Finding.errored("more than " + limits.files() + " files"));
        }
        return true;
    }

    private EvidenceFile hash(String path, Path file, long left) throws IOException {
        MessageDigest sha256 = sha256();
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                bytes += length;
                if (givenUp || bytes > left) {
                    throw new Refusal(Finding.errored("more than " + limits.bytes() + " bytes"));
                }
                sha256.update(buffer, 0, length);
            }
        }
        return new EvidenceFile(path, new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest())), bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Ends the collecting, out of the depths of a walk over files. */
    private static final class Refusal extends IOException {
        private final transient Finding finding;

        Refusal(Finding finding) {
            super("refused");
            this.finding = finding;
        }
    }
}
