package dev.railiance.failure;

import java.util.function.Function;

/** What came of asking the engine for something. */
public sealed interface Outcome<T> {

    /** It was done. */
    record Done<T>(T value) implements Outcome<T> {}

    /** It was not. */
    record NotDone<T>(Failure failure) implements Outcome<T> {}

    /** It was done. */
    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    /** It was not. */
    static <T> Outcome<T> notDone(Failure failure) {
        return new NotDone<>(failure);
    }

    /** Goes on with what was done; a failure stays as it is. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Done<T> done -> next.apply(done.value());
            case NotDone<T> not -> new NotDone<>(not.failure());
        };
    }

    /** A failure that does not say what to do next says {@code command}. */
    default Outcome<T> orHint(String command) {
        return this instanceof NotDone<T> not && not.failure().hint().isEmpty()
                ? new NotDone<>(new Failure(not.failure().code(), not.failure().message(), command))
                : this;
    }
}
