package dev.railiance.contract;

import dev.railiance.contract.value.WeeklyWindow;
import java.time.OffsetDateTime;
import java.util.OptionalInt;

/** A time in which nothing is promoted, unless enough people override it. */
public sealed interface Freeze {

    /** What people and documents call this window; unique. */
    String name();

    /** How many people must approve to promote all the same; empty: nobody can. */
    OptionalInt overrideRequired();

    /** Once, from the first instant on and before the last. */
    record Once(String name, OffsetDateTime from, OffsetDateTime to, OptionalInt overrideRequired) implements Freeze {}

    /** Every week. */
    record Weekly(String name, WeeklyWindow window, OptionalInt overrideRequired) implements Freeze {}
}
