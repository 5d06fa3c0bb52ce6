package dev.railiance.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static OverlayArguments arguments(OverlayArguments.Words words) {
        Outcome<OverlayArguments> read = OverlayArguments.of(words);
        return ((Outcome.Done<OverlayArguments>) assertInstanceOf(Outcome.Done.class, read, read::toString)).value();
    }

    private Path root() {
        return parent.resolve("forgejo");
    }

    private OverlayResult done(OverlayTemplate template, String revision, boolean update) {
        var outcome = new Overlay(template, forgejo("none", revision), root()).write(false, update);
        return ((Outcome.Done<OverlayResult>) assertInstanceOf(Outcome.Done.class, outcome, outcome::toString)).value();
    }

    private Code refused(Path place) {
        var outcome = new Overlay(TEMPLATE, forgejo("none", "v11.0.1"), place).write(false, true);
        return ((Outcome.NotDone<OverlayResult>) assertInstanceOf(Outcome.NotDone.class, outcome, outcome::toString))
                .failure()
                .code();
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

    private static void assertValid(Path root) throws IOException {
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
