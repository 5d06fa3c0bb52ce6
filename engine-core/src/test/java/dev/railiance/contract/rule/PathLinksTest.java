package dev.railiance.contract.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.railiance.contract.Contracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links in the repository, as they are on the disk. */
final class PathLinksTest {

    private static final List<String> OUTSIDE = List.of("6:9 path-outside");

    @TempDir
    private Path folder;

    private Path repository = Path.of("");

    @BeforeEach
    void makeRepository() throws IOException {
        repository = Files.createDirectory(folder.resolve("repository"));
        Files.createDirectories(folder.resolve("elsewhere/chart"));
        Files.createDirectories(repository.resolve("deploy/chart"));
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws IOException {
        Files.createSymbolicLink(repository.resolve("link"), folder.resolve("elsewhere"));
        assertEquals(OUTSIDE, chart("link"));
        assertEquals(OUTSIDE, chart("link/chart"));
        assertEquals(OUTSIDE, chart("link/none/yet"));
    }

    @Test
    void aLinkThatStaysInsideIsTaken() throws IOException {
        Files.createSymbolicLink(repository.resolve("link"), Path.of("deploy"));
        assertEquals(List.of(), chart("link/chart"));
        assertEquals(List.of(), chart("link/none/yet"));
    }

    @Test
    void aLinkToNothingOutsideIsRefusedToo() throws IOException {
        Files.createSymbolicLink(repository.resolve("link"), folder.resolve("later"));
        assertEquals(OUTSIDE, chart("link"));
    }

    @Test
    void theFixedPartOfAPatternIsFollowed() throws IOException {
        Files.createSymbolicLink(repository.resolve("link"), folder.resolve("elsewhere"));
        assertEquals(
                List.of("5:14 path-outside"),
                new Contracts(repository).faults(Contracts.LEAST + "evidence = [ 'link/*.xml' ]\n"));
    }

    @Test
    void aRepositoryThatIsReachedByALinkIsNoLinkOut() throws IOException {
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), repository);
        assertEquals(List.of(), new Contracts(alias).faults(Contracts.LEAST + "[deploy]\nchart = 'deploy/chart'\n"));
    }

    private List<String> chart(String path) {
        return new Contracts(repository).faults(Contracts.LEAST + "[deploy]\nchart = '" + path + "'\n");
    }
}
