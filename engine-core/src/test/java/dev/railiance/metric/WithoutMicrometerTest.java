package dev.railiance.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.railiance.EngineSettings;
import dev.railiance.PromotionEngine;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.projection.Query;
import dev.railiance.promotion.PromotionCommand.AbortPromotion;
import dev.railiance.promotion.PromotionId;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine on a class path that has no Micrometer. */
class WithoutMicrometerTest {

    @TempDir
    Path directory;

    @Test
    void theEngineWorksAndCanBeWatchedByAnybody() throws IOException, ReflectiveOperationException {
        try (var loader = new URLClassLoader(pathWithoutMicrometer(), ClassLoader.getPlatformClassLoader())) {
            assertThrows(
                    ClassNotFoundException.class,
                    () -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"));
            @SuppressWarnings("unchecked") // of the JDK, the same for both
            var embedder = (UnaryOperator<String>) loader.loadClass(Embedder.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            // Axon looks for its own parts through the thread.
            ClassLoader usual = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(loader);
            try {
                assertEquals("[Command, Query]", embedder.apply(directory.toString()));
            } finally {
                Thread.currentThread().setContextClassLoader(usual);
            }
        }
    }

    private static URL[] pathWithoutMicrometer() throws MalformedURLException {
        var path = new ArrayList<URL>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!Path.of(entry).getFileName().toString().startsWith("micrometer-core")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        return path.toArray(URL[]::new);
    }

    /** Gives a command and asks a question, unwatched and watched; answers what was measured. */
    public static final class Embedder implements UnaryOperator<String> {

        @Override
        public String apply(String ledger) {
            var measured = new ArrayList<String>();
            EngineSettings plain = EngineSettings.of(LedgerLocation.of(Path.of(ledger)));
            EngineMetrics own =
                    measurement -> measured.add(measurement.getClass().getSimpleName());
            for (EngineSettings settings : List.of(plain, plain.withMetrics(own))) {
                try (PromotionEngine engine = PromotionEngine.open(settings)) {
                    var unknown = new PromotionId("01890000-0000-7000-8000-000000000002");
                    var failed = (Outcome.NotDone<?>) engine.handle(unknown, new AbortPromotion("not wanted"));
                    if (!(engine.query(Query.statuses(1)) instanceof Outcome.Done)) {
                        throw new IllegalStateException(failed.toString());
                    }
                }
            }
            return measured.toString();
        }
    }
}
