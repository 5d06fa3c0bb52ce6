package dev.railiance.contract.reference;

import dev.railiance.contract.Contracts;
import dev.railiance.contract.Golden;
import dev.railiance.contract.schema.SchemaCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ContractReferenceTest {

    private static final Path DOCUMENT = Contracts.EXAMPLES.resolve("../docs/app-toml-contract.md");

    @Test
    void theReferenceSaysWhatTheSchemaSays() throws IOException {
        try (InputStream template =
                Objects.requireNonNull(getClass().getResourceAsStream("app-toml-contract.template.md"))) {
            var schema = new SchemaCatalog().schema(SchemaCatalog.APP).orElseThrow();
            Golden.check(
                    DOCUMENT,
                    ContractReference.render(
                            new String(template.readAllBytes(), StandardCharsets.UTF_8), schema.node()));
        }
    }
}
