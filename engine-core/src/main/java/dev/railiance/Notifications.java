package dev.railiance;

import dev.railiance.contract.Notification;
import dev.railiance.ledger.EventCodec;
import dev.railiance.ledger.KeptDocument;
import dev.railiance.ledger.LatestUsed;
import dev.railiance.ledger.Ledger;
import dev.railiance.ledger.LedgerException;
import dev.railiance.ledger.LedgerSession;
import dev.railiance.notification.Notifier;
import dev.railiance.promotion.Promotion;
import dev.railiance.promotion.PromotionCommand.OpenPromotion;
import dev.railiance.promotion.PromotionEvent.PromotionOpened;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Wakes who tells others, where a contract declares anybody; nothing else is loaded before. Safe for several threads. */
final class Notifications implements AutoCloseable {

    private static final int CONTRACTS = 64;

    private final Ledger ledger;
    private final Supplier<EventCodec> codec;
    private final EngineSettings settings;
    private final Map<String, Boolean> declaring = Collections.synchronizedMap(new LatestUsed<>(CONTRACTS));
    // Not a Lazy: a lambda that makes it would load its class for those who tell nobody.
    private @Nullable Notifier notifier;

    Notifications(Ledger ledger, Supplier<EventCodec> codec, EngineSettings settings) {
        this.ledger = ledger;
        this.codec = codec;
        this.settings = settings;
    }

    /** Something of a promotion was recorded that stood so before. */
    void recorded(LedgerSession session, Promotion before) {
        before.opening()
                .filter(opened -> declares(session, opened))
                .ifPresent(opened -> notifier().wake(opened.target()));
    }

    /** A promotion was opened, and with it its contract is known: no ledger is asked for that again. */
    void opened(OpenPromotion command, List<KeptDocument> documents) {
        String contract = command.contract().value();
        documents.stream()
                .filter(document -> document.digest().equals(contract))
                .forEach(document -> declaring.put(contract, Notification.maybeIn(document.content())));
        if (declaring.getOrDefault(contract, false)) {
            notifier().wake(command.target());
        }
    }

    private boolean declares(LedgerSession session, PromotionOpened opened) {
        try {
            return declaring.computeIfAbsent(
                    opened.contract().value(),
                    digest -> session.kept(digest).filter(Notification::maybeIn).isPresent());
        } catch (LedgerException e) {
            // What was recorded stands; whoever tells others finds out later.
            return true;
        }
    }

    private synchronized Notifier notifier() {
        Notifier made = notifier;
        if (made == null) {
            made = Notifier.start(ledger, codec.get(), settings.environment(), settings.clock());
            notifier = made;
        }
        return made;
    }

    /** Gives what is left to tell a last chance; a contract that declares nobody costs nothing. */
    @Override
    public synchronized void close() {
        if (notifier != null) {
            notifier.close();
        }
    }
}
