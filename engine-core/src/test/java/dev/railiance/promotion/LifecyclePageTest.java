package dev.railiance.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LifecyclePageTest {

    private static final Path PAGE = Path.of("..", "docs", "lifecycle.md");

    @Test
    void publishedLifecycleIsTheOneInTheTable() throws IOException {
        String published = Files.readString(PAGE);
        String renewed = LifecyclePage.renewed(published);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, renewed);
        } else {
            assertEquals(renewed, published, "renew it with ./mvnw -pl engine-core test -Dgolden.update=true");
        }
    }
}
