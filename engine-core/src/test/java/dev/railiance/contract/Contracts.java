package dev.railiance.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Contracts as tests write them, in a repository of their own. */
public record Contracts(Path repository) {

    /** The committed examples. */
    public static final Path EXAMPLES = Path.of("..", "examples");

    /** The least that a contract must say; a test appends to it. */
    public static final String LEAST = """
            schema = "railiance.app.v1"
            app = { name = "shop-web" }
            owner = { team = "web" }
            [stage1]
            """;

    private static final ContractReader READER = new ContractReader();

    public Contract read(byte[] bytes) {
        try {
            Path file = repository.resolve("app.toml");
            Files.write(file, bytes);
            return READER.read(file, repository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Contract read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is wrong, as {@code line:column code}. */
    public List<String> faults(String text) {
        return faults(read(text));
    }

    public AppContract valid(String text) {
        return assertInstanceOf(
                        Contract.Valid.class, read(text), () -> faults(text).toString())
                .contract();
    }

    /** What is wrong, as {@code line:column code}. */
    public static List<String> faults(Contract contract) {
        return contract.faults().stream()
                .map(fault -> fault.position().line() + ":" + fault.position().column() + " "
                        + fault.code().id())
                .toList();
    }

    /** A contract of the examples, read. */
    public static Contract example(Path file, Path repository) {
        return READER.read(file, repository);
    }
}
