package dev.railiance.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.railiance.contract.Contract;
import dev.railiance.contract.ContractReader;
import dev.railiance.contract.schema.SchemaCatalog;
import dev.railiance.contract.toml.TomlParser;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.overlay.OverlayResult.ChangedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayTest {

    private static final OverlayTemplate TEMPLATE = OverlayTemplate.current();
    private static final String README = "README.md";

    @TempDir
    Path parent;

    static OverlayArguments forgejo(String router, String revision) {
        return arguments(new OverlayArguments.Words(
                "forgejo",
                "https://codeberg.org/forgejo/forgejo",
                revision,
                Optional.of("codeberg.org/forgejo/forgejo:11.0.1"),
                Optional.of("sha256:" + "ab".repeat(32)),
                Optional.empty(),
                Optional.of(router),
                Optional.of("gitlab,forgejo")));
    }

    static OverlayArguments arguments(OverlayArguments.Words words) {
        return value(OverlayArguments.of(words));
    }

    static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.NotDone<T> not ->
                throw new AssertionError(not.failure().toString());
        };
    }

    private Path root() {
        return parent.resolve("forgejo");
    }

    private OverlayResult done(OverlayTemplate template, String revision, boolean update) {
        return value(new Overlay(template, forgejo("none", revision), root()).write(false, update));
    }

    private Code refused(Path place) {
        return switch (new Overlay(TEMPLATE, forgejo("none", "v11.0.1"), place).write(false, true)) {
            case Outcome.Done<OverlayResult> done ->
                throw new AssertionError(done.value().toString());
            case Outcome.NotDone<OverlayResult> not -> not.failure().code();
        };
    }

    private static OverlayTemplate with(String path, UnaryOperator<String> edit) {
        var texts = new HashMap<>(TEMPLATE.texts());
        texts.computeIfPresent("template/" + path, (place, text) -> edit.apply(text));
        return OverlayTemplate.of(texts);
    }

    private static String action(OverlayResult result, String path) {
        return file(result, path).action();
    }

    private static ChangedFile file(OverlayResult result, String path) {
        return result.files().stream()
                .filter(is -> is.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> tree() throws IOException {
        var tree = new HashMap<String, String>();
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(parent.relativize(file).toString(), Files.readString(file));
            }
        }
        return tree;
    }

    static void assertValid(Path root) throws IOException {
        Contract read = new ContractReader().read(root.resolve("railiance/app.toml"), root);
        assertInstanceOf(Contract.Valid.class, read, () -> read.faults().toString());
        var upstream = TomlParser.parse(Files.readString(root.resolve("railiance/upstream.toml")));
        assertEquals(List.of(), upstream.errors());
        assertEquals(
                List.of(),
                new SchemaCatalog()
                        .schema("railiance.upstream.v1")
                        .orElseThrow()
                        .violations(upstream.root()));
    }

    @Test
    void theTemplateIsItselfAValidOverlay() throws IOException {
        assertValid(Path.of("src/main/resources/dev/railiance/overlay/template"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "traefik", "gateway-api", "replicas"})
    void everyRouterMakesAValidOverlayInWhichNothingOfTheSampleIsLeft(String router) throws IOException {
        assertInstanceOf(
                Outcome.Done.class, new Overlay(TEMPLATE, forgejo(router, "v11.0.1"), root()).write(false, false));
        assertValid(root());
        assertTrue(Files.readString(root().resolve("values/base.yaml")).contains("\n  router: " + router + "\n"));
        assertTrue(Files.readString(root().resolve("railiance/app.toml")).contains("router = \"" + router + "\""));
        assertTrue(Files.exists(root().resolve(".gitlab-ci.yml")) && Files.exists(root().resolve(".gitignore")));
        assertFalse(Files.exists(root().resolve(".github")));
        assertTrue(Files.isExecutable(root().resolve("tests/stage1.sh")));
        tree().forEach((path, text) -> assertFalse(text.contains("sample"), path));
    }

    @Test
    void againWithTheSameArgumentsChangesNothing() throws IOException {
        assertEquals("created", done(TEMPLATE, "v11.0.1", false).outcome());
        Files.writeString(root().resolve(README), "mine\n");
        Map<String, String> before = tree();
        assertEquals("unchanged", done(TEMPLATE, "v11.0.1", true).outcome());
        assertEquals(before, tree());
    }

    @Test
    void aNewTemplateIsShownAndWrittenOnlyWhenAsked() throws IOException {
        done(TEMPLATE, "v11.0.1", false);
        Map<String, String> before = tree();
        OverlayResult planned = done(with(README, text -> text + "\nNews.\n"), "v11.0.1", false);
        assertEquals("planned", planned.outcome());
        assertTrue(file(planned, README).newDiff().contains("+News."));
        assertEquals(before, tree());
    }

    @Test
    void editsAndNewsInDifferentPlacesAreMerged() throws IOException {
        done(TEMPLATE, "v11.0.1", false);
        Path readme = root().resolve(README);
        Files.writeString(readme, "Mine.\n" + Files.readString(readme));
        OverlayTemplate newer = with(README, text -> text + "\nNews.\n");
        assertEquals("merged", action(done(newer, "v11.0.1", true), README));
        String merged = Files.readString(readme);
        assertTrue(merged.startsWith("Mine.\n# forgejo") && merged.endsWith("\nNews.\n"), merged);
        assertEquals("unchanged", done(newer, "v11.0.1", true).outcome());
    }

    @Test
    void whereBothChangedTheSameLinesYoursStayAndTheNewTextLiesBeside() throws IOException {
        done(TEMPLATE, "v11.0.1", false);
        Path readme = root().resolve(README);
        Files.writeString(readme, "mine\n");
        Files.writeString(root().resolve("README.md.new"), "mine too\n");
        OverlayTemplate newer = with(README, text -> text.replace("an overlay", "the overlay"));
        ChangedFile told = file(done(newer, "v11.0.1", true), README);
        assertEquals("conflict", told.action());
        assertEquals("README.md.new.1", told.beside());
        assertEquals("mine\n", Files.readString(readme));
        assertEquals("mine too\n", Files.readString(root().resolve("README.md.new")));
        assertTrue(Files.readString(root().resolve(told.beside())).startsWith("# forgejo, the overlay"));
    }

    @Test
    void whatItsOwnerRemovedStaysAwayAndOtherArgumentsAreNews() throws IOException {
        done(TEMPLATE, "v11.0.1", false);
        Files.delete(root().resolve("docs/promotion-notes.md"));
        OverlayResult updated = done(TEMPLATE, "v11.0.2", true);
        assertEquals("kept", action(updated, "docs/promotion-notes.md"));
        assertEquals("updated", action(updated, "railiance/app.toml"));
        assertTrue(Files.readString(root().resolve("railiance/upstream.toml")).contains("\"v11.0.2\""));
        assertFalse(Files.exists(root().resolve("docs/promotion-notes.md")));
    }

    @Test
    void aFileThatIsNoTextIsAConflictAndKeepsItsBytes() throws IOException {
        done(TEMPLATE, "v11.0.1", false);
        byte[] bytes = {'#', ' ', (byte) 0xff, (byte) 0xfe, '\n'};
        Files.write(root().resolve(README), bytes);
        assertEquals("unchanged", done(TEMPLATE, "v11.0.1", true).outcome());
        ChangedFile told = file(done(with(README, text -> text + "\nNews.\n"), "v11.0.1", true), README);
        assertEquals("conflict", told.action());
        assertArrayEquals(bytes, Files.readAllBytes(root().resolve(README)));
        assertTrue(Files.readString(root().resolve("README.md.new")).endsWith("\nNews.\n"));
    }

    @Test
    void anUpdateBrokenOffAfterAnyFileEndsTheSameWhenItIsRepeated() throws IOException {
        done(TEMPLATE, "v11.0.1", false);
        Path readme = root().resolve(README);
        Files.writeString(readme, "Mine.\n" + Files.readString(readme));
        Files.writeString(root().resolve("runbooks/rollback.md"), "mine\n");
        OverlayTemplate newer =
                without(with(README, text -> text + "\nNews.\n"), "docs/promotion-notes.md", "runbooks/rollback.md");
        Map<String, String> before = tree();
        done(newer, "v11.0.2", true);
        Map<String, String> after = tree();
        List<String> written = Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .filter(path -> !Objects.equals(before.get(path), after.get(path)))
                .sorted(Comparator.<String, Boolean>comparing(path -> path.endsWith("overlay.json"))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        assertTrue(written.size() > 4, written::toString);
        for (int count = 0; count < written.size(); count++) {
            put(before, before.keySet());
            put(before, after.keySet());
            put(after, written.subList(0, count));
            assertEquals("updated", done(newer, "v11.0.2", true).outcome());
            assertEquals(after, tree(), "broken off after " + count + " files");
        }
    }

    /** Makes these files what they are in a tree. */
    private void put(Map<String, String> tree, Collection<String> paths) throws IOException {
        for (String path : paths) {
            String text = tree.get(path);
            if (text == null) {
                Files.deleteIfExists(parent.resolve(path));
            } else {
                Files.writeString(parent.resolve(path), text);
            }
        }
    }

    @Test
    void whatTheTemplateDroppedGoesUnlessItWasEdited() throws IOException {
        done(TEMPLATE, "v11.0.1", false);
        Files.writeString(root().resolve("runbooks/rollback.md"), "mine\n");
        OverlayTemplate smaller = without(TEMPLATE, "docs/promotion-notes.md", "runbooks/rollback.md");
        OverlayResult planned = done(smaller, "v11.0.1", false);
        assertEquals("removed", action(planned, "docs/promotion-notes.md"));
        assertTrue(Files.exists(root().resolve("docs/promotion-notes.md")));
        done(smaller, "v11.0.1", true);
        assertFalse(Files.exists(root().resolve("docs/promotion-notes.md")));
        assertEquals("mine\n", Files.readString(root().resolve("runbooks/rollback.md")));
    }

    private static OverlayTemplate without(OverlayTemplate template, String... paths) {
        var texts = new HashMap<>(template.texts());
        for (String path : paths) {
            texts.remove("template/" + path);
        }
        return OverlayTemplate.of(texts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ada:s3cr3t@h.example/c/x:1.2.3", "https://h.example/c/x:1.2.3?token=s3cr3t"})
    void aRefusalLeavesOutWhatMayBeASecret(String text) {
        for (int at = 0; at < 3; at++) {
            var failure = assertInstanceOf(
                            Outcome.NotDone.class,
                            OverlayArguments.of(new OverlayArguments.Words(
                                    "web",
                                    at == 0 ? text : "https://git.example.org/web/web",
                                    "v1",
                                    at == 1 ? Optional.of(text) : Optional.empty(),
                                    Optional.empty(),
                                    at == 2 ? Optional.of(text) : Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty())))
                    .failure();
            assertTrue(failure.message().contains("h.example"), failure::message);
            assertFalse(failure.message().contains("s3cr3t"), failure::message);
        }
    }

    @Test
    void anEmptyDirectoryStaysTheSameOneAndARepositoryWithoutFilesWillDo() throws IOException {
        Files.createDirectories(root().resolve(".git"));
        Object key = Files.readAttributes(root(), BasicFileAttributes.class).fileKey();
        assertEquals("created", done(TEMPLATE, "v11.0.1", false).outcome());
        assertEquals(
                key, Files.readAttributes(root(), BasicFileAttributes.class).fileKey());
        assertValid(root());
        assertEquals("unchanged", done(TEMPLATE, "v11.0.1", true).outcome());
    }

    @Test
    void aPlaceIsFoundThroughDotsAndLinksAboveIt() throws IOException {
        Path real = Files.createDirectories(parent.resolve("real/inner"));
        Files.createSymbolicLink(parent.resolve("link"), real);
        assertEquals(Outcome.done(real.toRealPath()), Overlay.place(real, "."));
        assertEquals(Outcome.done(real.toRealPath().resolve("x")), Overlay.place(parent, "link/x"));
        // As the system sees it: .. of a link is above where it leads to.
        assertEquals(Outcome.done(parent.toRealPath().resolve("real/x")), Overlay.place(parent, "link/../x"));
    }

    @Test
    void aPathThatAShellWouldSplitIsQuotedInTheNextStep() {
        Path root = parent.resolve("it's here");
        var outcome = new Overlay(TEMPLATE, forgejo("none", "v11.0.1"), root).write(false, false);
        assertTrue(
                outcome.toString().contains("railiance run --repo '" + parent + "/it'\\''s here'"), outcome::toString);
    }

    @Test
    void aDirectoryWithoutPermissionIsAFailure() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Path closed = Files.createDirectory(
                parent.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assertEquals(Code.OUTPUT_UNWRITABLE, refused(closed.resolve("forgejo")));
        assertEquals(Map.of(), tree());
    }

    @Test
    void withoutSpaceNothingIsLeftHalfWritten() throws IOException, InterruptedException {
        Path small = Files.createDirectory(parent.resolve("small"));
        assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", small.toString()),
                "only who may mount has a file system that is full");
        try {
            assertEquals(Code.OUTPUT_UNWRITABLE, refused(small.resolve("forgejo")));
            assertEquals(Map.of(), tree());
            assertFalse(Files.exists(small.resolve("forgejo")));
            assertEquals(Code.OUTPUT_UNWRITABLE, refused(small));
            try (Stream<Path> left = Files.list(small)) {
                assertEquals(List.of(), left.toList());
            }
        } finally {
            mount("umount", small.toString());
        }
    }

    private static boolean mount(String... argv) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(argv)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "traefik", "gateway-api", "replicas"})
    void withoutAnImageTheContractDoesNotHoldUntilSomebodyNamesOne(String router) throws IOException {
        Path root = parent.resolve("web");
        var nobody = new Overlay(TEMPLATE, web(Optional.empty(), router), root);
        OverlayResult created = value(nobody.write(false, false));
        assertEquals("railiance validate --repo " + root, created.nextStep());
        Contract read = new ContractReader().read(root.resolve("railiance/app.toml"), root);
        assertEquals(
                List.of("image-needed artifact"),
                read.faults().stream()
                        .map(fault -> fault.code().id() + " " + fault.path())
                        .toList());
        assertTrue(Files.readString(root.resolve("values/base.yaml")).contains("  repository: \"\"\n"));
        tree().forEach((path, text) -> assertFalse(text.contains("sample") || text.contains("sha256:000"), path));
        assertEquals("unchanged", value(nobody.write(false, true)).outcome());
        var named = new Overlay(TEMPLATE, web(Optional.of("registry.example.org/web/web:1"), router), root);
        assertEquals(
                "railiance run --repo " + root, value(named.write(false, true)).nextStep());
        assertValid(root);
    }

    private static OverlayArguments web(Optional<String> image, String router) {
        return arguments(new OverlayArguments.Words(
                "web",
                "https://git.example.org/web/web",
                "v1",
                image,
                Optional.empty(),
                Optional.empty(),
                Optional.of(router),
                Optional.empty()));
    }

    @Test
    void nobodyCanApproveUntilSomebodyIsNamed() throws IOException {
        done(TEMPLATE, "v11.0.1", false);
        Path contract = root().resolve("railiance/app.toml");
        var approval = assertInstanceOf(Contract.Valid.class, new ContractReader().read(contract, root()))
                .contract()
                .approval();
        assertTrue(approval.stage3().signed() && approval.stage3().required() == 1, approval::toString);
        String signers = Files.readString(root().resolve("railiance/allowed_signers"));
        assertTrue(signers.lines().allMatch(line -> line.startsWith("#")), signers);
        Files.delete(root().resolve("railiance/allowed_signers"));
        assertEquals(
                List.of("signers-unreadable"),
                new ContractReader()
                        .read(contract, root()).faults().stream()
                                .map(fault -> fault.code().id())
                                .toList());
    }

    @Test
    void theRouterChangesNothingOfTheContractButStage2() throws IOException {
        Map<String, String> isolated = TEMPLATE.files(forgejo("none", "v11.0.1"));
        Map<String, String> weighted = TEMPLATE.files(forgejo("replicas", "v11.0.1"));
        List<String> one =
                List.of(isolated.getOrDefault("railiance/app.toml", "").split("\n\n"));
        List<String> other =
                List.of(weighted.getOrDefault("railiance/app.toml", "").split("\n\n"));
        assertEquals(one.size(), other.size());
        for (int at = 0; at < one.size(); at++) {
            boolean stage2 = one.get(at).contains("\n[stage2]\n");
            assertEquals(!stage2, one.get(at).equals(other.get(at)), other.get(at));
            assertEquals(stage2, other.get(at).contains("\n[stage2]\n"));
        }
        assertTrue(weighted.getOrDefault("railiance/app.toml", "").endsWith("signed = true\n"));
    }

    @Test
    void aWrappedChartWithoutAnImageNamesNone() throws IOException {
        var words = new OverlayArguments.Words(
                "web",
                "https://git.example.org/web/web",
                "v1",
                Optional.empty(),
                Optional.empty(),
                Optional.of("oci://ghcr.io/charts/web-chart:1.2.3"),
                Optional.of("replicas"),
                Optional.empty());
        Path root = parent.resolve("web");
        assertInstanceOf(Outcome.Done.class, new Overlay(TEMPLATE, arguments(words), root).write(false, false));
        assertValid(root);
        String contract = Files.readString(root.resolve("railiance/app.toml"));
        assertTrue(contract.contains("subchart = \"upstream\"") && !contract.contains("\nimage = "), contract);
        assertTrue(Files.readString(root.resolve("chart/Chart.yaml")).contains("name: web-chart"));
        assertTrue(Files.readString(root.resolve("values/base.yaml")).contains("instance: web-canary }"));
        tree().forEach((path, text) -> assertFalse(text.contains("sample") || text.contains("sha256:000"), path));
    }

    @Test
    void aWrappedChartIsFetchedFirstAndAgainWhenItsVersionChanges() throws IOException {
        Path root = parent.resolve("web");
        Path charts = root.resolve("chart/charts");
        String fetch = "helm dependency update " + root + "/chart";
        assertEquals(fetch, value(wrapping("1.2.3", root).write(false, false)).nextStep());
        Files.createDirectories(charts);
        Files.writeString(charts.resolve("web-chart-1.2.3.tgz"), "");
        assertEquals(fetch, value(wrapping("1.2.4", root).write(false, true)).nextStep());
        Files.move(charts.resolve("web-chart-1.2.3.tgz"), charts.resolve("web-chart-1.2.5.tgz"));
        assertEquals(
                "railiance run --repo " + root,
                value(wrapping("1.2.5", root).write(false, true)).nextStep());
    }

    private static Overlay wrapping(String version, Path root) {
        return new Overlay(
                TEMPLATE,
                arguments(new OverlayArguments.Words(
                        "web",
                        "https://git.example.org/web/web",
                        "v1",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("oci://ghcr.io/charts/web-chart:" + version),
                        Optional.empty(),
                        Optional.empty())),
                root);
    }

    @Test
    void whatIsNoOverlayOfThatNameIsRefusedAndLeftAsItIs() throws IOException {
        Files.createDirectory(root());
        Files.writeString(root().resolve("notes.txt"), "mine\n");
        assertEquals(Code.DIRECTORY_NOT_EMPTY, refused(root()));
        assertEquals(Code.DIRECTORY_NOT_EMPTY, refused(root().resolve("notes.txt")));
        assertEquals(Code.OUTPUT_UNWRITABLE, refused(parent.resolve("no/such/place")));
        assertEquals(Map.of("forgejo/notes.txt", "mine\n"), tree());
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.createSymbolicLink(parent.resolve("link"), outside);
        assertEquals(Code.PATH_LEADS_OUT, refused(parent.resolve("link")));
        done(TEMPLATE, "v11.0.0", false);
        Files.move(root().resolve("tests"), outside.resolve("tests"));
        Files.createSymbolicLink(root().resolve("tests"), outside.resolve("tests"));
        Map<String, String> before = tree();
        assertEquals(Code.PATH_LEADS_OUT, refused(root()));
        assertEquals(before, tree());
    }

    @Test
    void aPlaceThatTakesNoFilesIsAFailure() throws IOException {
        // No file can be made in /proc, whoever asks: it stands for every place that refuses.
        assertEquals(Code.OUTPUT_UNWRITABLE, refused(Path.of("/proc/forgejo")));
        assertFalse(Files.exists(Path.of("/proc/forgejo")));
    }
}
