package dev.railiance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedCallTest {

    @Test
    void whatIsCancelledAlreadyIsNotBegun() {
        var begun = new AtomicBoolean();
        var cancellation = new Cancellation();
        cancellation.cancel();
        assertEquals(
                new BoundedCall.Result.Cancelled<>(),
                BoundedCall.make(() -> begun.getAndSet(true), () -> {}, Duration.ofSeconds(10), cancellation));
        assertEquals(false, begun.get());
    }
}
