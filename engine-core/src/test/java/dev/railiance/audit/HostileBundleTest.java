package dev.railiance.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.EventSeal;
import dev.railiance.ledger.Hash;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.ledger.Seal;
import dev.railiance.ledger.StoredEvent;
import dev.railiance.promotion.Approval;
import dev.railiance.promotion.PromotionEvent;
import dev.railiance.promotion.PromotionEvent.ApprovalGranted;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import dev.railiance.promotion.PromotionEvent.PromotionValidated;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Step;
import dev.railiance.promotion.ValidationReport;
import dev.railiance.promotion.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that nobody exported. None may be taken, take long, fill the memory or leave a file behind. */
class HostileBundleTest {

    @TempDir
    static Path directory;

    private static SortedMap<String, byte[]> files = new TreeMap<>();

    @BeforeAll
    static void aGoodOne() throws IOException {
        try (var sample = new SampleLedger(directory.resolve("ledger")).with(0, 1)) {
            byte[] archive = SampleLedger.value(
                            sample.audit().export(Optional.of(SampleLog.id(0).value()), Optional.empty()))
                    .archive();
            files = SampleLedger.value(BundleReader.read(Files.write(directory.resolve("good.zip"), archive)));
        }
    }

    @AfterAll
    static void nothingWasTakenOrUnpacked() throws IOException {
        try (var target = new SampleLedger(directory.resolve("target"))) {
            try (LedgerSession session = target.ledger().open()) {
                assertEquals(0, session.head().position());
            }
        }
        assertFalse(Files.exists(directory.resolve("escaped")));
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() throws IOException {
        refused("no zip archive", Files.writeString(directory.resolve("text.zip"), "PK\u0003\u0004 not really"));
        refused("no zip archive", Files.write(directory.resolve("empty.zip"), new byte[0]));
        refused("no such file", directory.resolve("nowhere.zip"));
        refused("it is no file", Files.createDirectories(directory.resolve("folder.zip")));
    }

    @Test
    void aFileOfSeveralGigabytesIsNotEvenOpened() throws IOException {
        Path file = directory.resolve("large.zip");
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(5L << 30);
        }
        refused("larger than 64 MB", file);
        Files.delete(file);
    }

    @Test
    void aBombIsReadOnlyAsFarAsAFileOfItsNameCanBeLong() throws IOException {
        Path file = directory.resolve("bomb.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(Bundle.EVENTS));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1_024; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        refused("events.jsonl is larger than", file);
    }

    @Test
    void namesThatLeadElsewhereAreRefused() throws IOException {
        for (String name : new String[] {"../escaped", "/tmp/escaped", "..\\escaped", "a/events.jsonl", "", "x"}) {
            refused("a file that no bundle has", archive("path.zip", zip -> entry(zip, name, "x")));
        }
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() throws IOException {
        Path file = archive("twice.zip", zip -> {
            entry(zip, Bundle.EVENTS, "x");
            entry(zip, "events.jsonL", "y");
        });
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("events.jsonL", "events.jsonl");
        refused("twice", Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void manyFilesAreRefused() throws IOException {
        refused("more files", archive("many.zip", zip -> {
            for (int i = 0; i < 10_000; i++) {
                entry(zip, "f" + i, "");
            }
        }));
    }

    @Test
    void everyFileThatWasChangedIsNoticed() throws IOException {
        for (String name : files.keySet()) {
            var changed = new TreeMap<>(files);
            byte[] content = text(name).getBytes(StandardCharsets.UTF_8);
            content[content.length / 2] ^= 1;
            changed.put(name, content);
            refused("SHA256SUMS", bundle("changed.zip", changed, false));
        }
        for (String name : files.keySet()) {
            var less = new TreeMap<>(files);
            less.remove(name);
            refused("", bundle("less.zip", less, false));
        }
    }

    @Test
    void eventsThatWereChangedAreNoticedUnderSumsThatFit() throws IOException {
        String events = text(Bundle.EVENTS);
        refused("event 1 does not follow", changed(Bundle.EVENTS, events.replaceFirst("ada", "eve")));
        refused(
                "event 1 is not written",
                changed(Bundle.EVENTS, events.replaceFirst("\"pid\":4711", "\"pid\":4711.0")));
        refused("event 3", changed(Bundle.EVENTS, without(events, 3)));
        refused("what it says of itself", changed(Bundle.EVENTS, without(events, 10)));
        refused("its first event", changed(Bundle.EVENTS, ""), "events are not written");
        refused("not written as they should be", changed(Bundle.EVENTS, events.replace("\n", "\r\n")));
        refused("its contract", changed(Bundle.CONTRACT, "another"));
        refused("what it says of itself", changed(Bundle.DESCRIPTION, text(Bundle.DESCRIPTION) + " "));
        refused("what it says of itself", changed(Bundle.EVIDENCE, "{}"));
    }

    @Test
    void aHistoryThatNoGuardWouldLetHappenIsRefusedAlthoughEveryHashFits() throws IOException {
        List<PromotionEvent> whole = SampleLog.history(0);
        refused("do not lead to event 7: the quorum is not reached", forged(without(whole, 7)));
        refused("do not lead to event 5: not every required gate passes", forged(without(whole, 5, 7)));
        var unsigned = new ArrayList<>(whole);
        ApprovalGranted granted = (ApprovalGranted) whole.get(7);
        Approval given = granted.approval();
        unsigned.set(
                7,
                new ApprovalGranted(
                        granted.at(),
                        granted.by(),
                        new Approval(
                                given.scope(),
                                given.plan(),
                                given.approver(),
                                given.expires(),
                                false,
                                given.reason())));
        refused("do not lead to event 7: the approval must be signed", forged(unsigned));
        refused("the history ends before promotion.approved", forged(whole.subList(0, 8)));
    }

    @Test
    void aVerdictThatDoesNotFollowFromTheStepsIsRefused() throws IOException {
        for (Verdict step : List.of(Verdict.FAILED, Verdict.ERRORED, Verdict.SKIPPED)) {
            refused("Stage 1 in event 2 does not follow from its steps", forged(reported(step)));
        }
        assertInstanceOf(Outcome.Done.class, take(forged(reported(Verdict.PASSED))));
    }

    /** A whole promotion whose Stage 1 is said to have passed. */
    private static List<PromotionEvent> reported(Verdict verdict) {
        var history = new ArrayList<>(SampleLog.history(0));
        PromotionValidated told = (PromotionValidated) history.get(2);
        Step step = told.report().steps().getFirst();
        var steps = List.of(new Step(step.name(), step.kind(), verdict, step.duration(), Optional.of("exit code 1")));
        history.set(
                2,
                new PromotionValidated(
                        told.at(),
                        told.by(),
                        told.attempt(),
                        new ValidationReport(
                                Verdict.PASSED,
                                steps,
                                told.report().evidence(),
                                told.report().tools())));
        return history;
    }

    @Test
    void whatHasNotHappenedYetIsRefusedButClocksMayDiffer() throws IOException {
        Instant first = SampleLog.history(0).getFirst().at();

        Outcome<ImportResult> early = take(directory.resolve("good.zip"), first.minus(Duration.ofHours(1)));

        Failure failure = assertInstanceOf(Outcome.NotDone.class, early).failure();
        assertEquals(Code.BUNDLE_INVALID, failure.code());
        assertTrue(failure.message().contains("event 0 lies in the future"), failure::message);
        Instant last = SampleLog.history(0).getLast().at();
        assertInstanceOf(Outcome.Done.class, take(directory.resolve("good.zip"), last.minus(Duration.ofMinutes(5))));
    }

    @Test
    void rulesThatAreNotThoseOfTheContractAreRefused() throws IOException {
        var lax = new ArrayList<>(without(SampleLog.history(0), 7));
        PromotionOpened opened = (PromotionOpened) lax.getFirst();
        Rules rules = opened.rules();
        lax.set(
                0,
                new PromotionOpened(
                        opened.at(),
                        opened.by(),
                        opened.id(),
                        opened.target(),
                        opened.artifact(),
                        opened.contract(),
                        new Rules(
                                rules.critical(),
                                rules.digestPinned(),
                                rules.automaticRollback(),
                                rules.weights(),
                                rules.gates(),
                                rules.requiredGates(),
                                rules.canary(),
                                Rules.ApprovalRule.NONE,
                                rules.rollback())));
        refused("are not those of its contract", forged(lax));
    }

    @Test
    void anEventTypeThatTheBundleMakesUpIsTheBundlesFault() throws IOException {
        String first = text(Bundle.EVENTS).lines().findFirst().orElseThrow();
        refused("does not know", changed(Bundle.EVENTS, first.replace("promotion.opened", "promotion.blessed") + "\n"));
        refused("does not know", changed(Bundle.EVENTS, first.replace("\"version\":3", "\"version\":4") + "\n"));
    }

    /** A bundle of these events in which all hashes fit, as anybody can make one. */
    private static Path forged(List<PromotionEvent> history) throws IOException {
        var events = new ArrayList<StoredEvent>();
        Hash previous = Hash.ZERO;
        for (PromotionEvent event : history) {
            StoredEvent stored = SampleLog.CODEC.encode(SampleLog.id(0), events.size(), event);
            previous = EventSeal.event(stored, previous);
            events.add(stored.placed(0, new Seal(previous, Hash.ZERO)));
        }
        byte[] archive = SampleLedger.value(new Exporting(SampleLog.CODEC, Optional.empty())
                        .of(events, Optional.of(SampleLog.contract(0)), List.of()))
                .archive();
        return Files.write(directory.resolve("forged.zip"), archive);
    }

    private static List<PromotionEvent> without(List<PromotionEvent> history, Integer... places) {
        var left = new ArrayList<PromotionEvent>();
        for (int i = 0; i < history.size(); i++) {
            if (!List.of(places).contains(i)) {
                left.add(history.get(i));
            }
        }
        return left;
    }

    @Test
    void jsonThatIsMadeToHurtIsRefused() throws IOException {
        String first = text(Bundle.EVENTS).lines().findFirst().orElseThrow();
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        refused("event 0", changed(Bundle.EVENTS, first.replace("\"dirty\":false", "\"dirty\":" + deep) + "\n"));
        String huge = "9".repeat(1_000_000);
        refused("event 0", changed(Bundle.EVENTS, first.replace("\"version\":3", "\"version\":" + huge) + "\n"));
        refused("event 0", changed(Bundle.EVENTS, first.replace("\"sequence\":0", "\"sequence\":1e400") + "\n"));
        refused("event 0", changed(Bundle.EVENTS, first.replaceFirst("2026", "+999999999") + "\n"));
        refused("event 0", changed(Bundle.EVENTS, "{\"at\":\"x\"}\n".repeat(100_001)));
        refused("event 0", changed(Bundle.EVENTS, "\u0000\uffff"));
    }

    @Test
    void randomChangesOfTheArchiveNeverEndInAnException() throws IOException {
        byte[] archive = Files.readAllBytes(directory.resolve("good.zip"));
        var random = new Random(11);
        for (int i = 0; i < 400; i++) {
            byte[] changed = archive.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            var outcome = take(Files.write(directory.resolve("random.zip"), changed));
            if (outcome instanceof Outcome.Done<ImportResult>) {
                // Only what is no part of a file's content can be changed unnoticed, such as a time.
                assertEquals(
                        files.keySet(),
                        SampleLedger.value(BundleReader.read(directory.resolve("random.zip")))
                                .keySet());
            }
        }
    }

    private static Outcome<ImportResult> take(Path file) throws IOException {
        return take(file, SampleLedger.NOW);
    }

    private static Outcome<ImportResult> take(Path file, Instant now) throws IOException {
        try (var other = new SampleLedger(Files.createTempDirectory(directory, "other"))) {
            return other.audit(now).take(new ImportRequest(file, Optional.empty(), true));
        }
    }

    private static void refused(String why, Path file) {
        refused(why, file, why);
    }

    private static void refused(String why, Path file, String orWhy) {
        try (var target = new SampleLedger(directory.resolve("target"))) {
            Failure failure = assertInstanceOf(
                            Outcome.NotDone.class, target.audit().take(new ImportRequest(file, Optional.empty(), true)))
                    .failure();
            assertEquals(Code.BUNDLE_INVALID, failure.code());
            assertTrue(failure.message().contains(why) || failure.message().contains(orWhy), failure::message);
            assertTrue(failure.message().length() < 300, failure::message);
        }
    }

    private static String text(String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private static String without(String lines, int number) {
        var left = new StringBuilder();
        String[] all = lines.split("\n", -1);
        for (int i = 0; i < all.length - 1; i++) {
            left.append(i == number ? "" : all[i] + "\n");
        }
        return left.toString();
    }

    private static Path changed(String name, String content) throws IOException {
        var changed = new TreeMap<>(files);
        changed.put(name, content.getBytes(StandardCharsets.UTF_8));
        return bundle("refitted.zip", changed, true);
    }

    private static Path bundle(String name, SortedMap<String, byte[]> content, boolean refit) throws IOException {
        if (refit) {
            content.put(Bundle.SUMS, Bundle.sums(content).getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(directory.resolve(name), Bundle.zip(content));
    }

    private static Path archive(String name, Consumer<ZipOutputStream> fill) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            fill.accept(zip);
        }
        return file;
    }

    private static void entry(ZipOutputStream zip, String name, String content) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
