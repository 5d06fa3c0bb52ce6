package dev.railiance.approval;

import dev.railiance.ledger.KeptDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The file that says whose signatures count, in the repository. */
public final class SignersFile {

    private static final long LARGEST = 1 << 20;

    private SignersFile() {}

    /**
     * Its text.
     *
     * @param name relative to the repository
     * @return empty if there is none, if it cannot be read as text, or if it lies outside of the repository
     */
    public static Optional<KeptDocument> read(Path repository, String name) {
        try {
            Path root = repository.toRealPath();
            Path file = root.resolve(name).toRealPath();
            if (!file.startsWith(root) || !Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            return Optional.of(KeptDocument.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString()));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
