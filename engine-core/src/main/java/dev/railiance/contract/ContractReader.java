package dev.railiance.contract;

import dev.railiance.contract.fault.Fault;
import dev.railiance.contract.fault.Severity;
import dev.railiance.contract.schema.PublishedSchema;
import dev.railiance.contract.schema.SchemaCatalog;
import dev.railiance.contract.schema.SchemaFindings;
import dev.railiance.contract.schema.Section;
import dev.railiance.contract.toml.TomlDocument;
import dev.railiance.contract.toml.TomlParser;
import dev.railiance.contract.toml.TomlText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads contracts. All faults of a file are found in one reading; nothing but the file, the signers file and the links
 * on its paths is looked at, and nothing on any network.
 */
public final class ContractReader {

    private final PublishedSchema schema;

    /** A reader with the bundled schema, which is loaded here, once. */
    public ContractReader() {
        this.schema = new SchemaCatalog()
                .schema(SchemaCatalog.APP)
                .orElseThrow(() -> new IllegalStateException("the contract's schema is not on the class path"));
    }

    /**
     * Reads one contract. What is wrong with the file is in the result, never an exception.
     *
     * @param file the contract
     * @param repository the directory that the contract's paths are relative to
     */
    public Contract read(Path file, Path repository) {
        String name = name(file, repository);
        return switch (TomlText.read(file)) {
            case TomlText.Refused no ->
                new Contract.Invalid(name, List.of(no.finding().in(name, no.position())));
            case TomlText.Decoded(ByteBuffer bytes, String text) -> read(name, bytes, text, repository);
        };
    }

    /**
     * What a contract declares, without a look at the repository that it lies in: for texts that were kept.
     *
     * @return empty if the text is not of this version's schema
     */
    public Optional<AppContract> declared(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > TomlText.LARGEST || !(TomlText.decode(bytes) instanceof TomlText.Decoded decoded)) {
            return Optional.empty();
        }
        TomlDocument document = TomlParser.parse(decoded.text());
        if (!document.errors().isEmpty()
                || !SchemaFindings.of(document.root(), schema).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ContractRecords(Section.of(document.root(), schema)).contract());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            // A value that the schema lets through and the rules about single texts do not.
            return Optional.empty();
        }
    }

    private Contract read(String name, ByteBuffer bytes, String text, Path repository) {
        TomlDocument document = TomlParser.parse(text);
        Section root = Section.of(document.root(), schema);
        List<Fault> faults = new Examination(name, text, document, schema, root, repository).faults();
        return faults.stream().anyMatch(fault -> fault.severity() == Severity.ERROR)
                ? new Contract.Invalid(name, faults)
                : new Contract.Valid(name, new ContractRecords(root).contract(), digest(bytes), bytes, faults);
    }

    private static String name(Path file, Path repository) {
        Path absolute = file.toAbsolutePath().normalize();
        Path top = repository.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(top) && !absolute.equals(top) ? top.relativize(absolute) : file;
        return shown.toString().replace('\\', '/');
    }

    private static String digest(ByteBuffer bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes.duplicate());
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
