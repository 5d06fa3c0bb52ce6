package dev.railiance;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first needed, once. */
final class Lazy<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<T> make;
    private volatile @Nullable T made;

    Lazy(Supplier<T> make) {
        this.make = make;
    }

    T get() {
        T value = made;
        if (value != null) {
            return value;
        }
        lock.lock();
        try {
            T again = made;
            if (again == null) {
                again = make.get();
                made = again;
            }
            return again;
        } finally {
            lock.unlock();
        }
    }

    void ifMade(Consumer<T> use) {
        T value = made;
        if (value != null) {
            use.accept(value);
        }
    }
}
