package dev.railiance.contract.rule;

import dev.railiance.contract.schema.Section;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A contract that may still be at fault, as rules see it.
 *
 * @param contract the whole of it
 * @param repository the directory that its paths are relative to
 */
public record Draft(Section contract, Path repository) {

    /** The table of that name, at the top of the contract. */
    Section section(String name) {
        return contract.section(name);
    }

    /** The gates of both stages. */
    Stream<Section> gates() {
        return Stream.of("stage2", "stage3").flatMap(stage -> section(stage).sections("gates").stream());
    }

    /** What each stage and the rollback ask for, where the contract says it. */
    Stream<Section> approvals() {
        return Stream.of("stage2", "stage3", "rollback").flatMap(stage -> section("approval").given(stage).stream());
    }

    /** Whether the key has that value, given or by default. */
    static boolean is(Section section, String key, String value) {
        return section.text(key).filter(value::equals).isPresent();
    }
}
