package pregao.strategy.indicator;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import pregao.contracts.Instrument;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.signal.SignalCodec;
import pregao.contracts.signal.SignalEvent;
import pregao.strategy.catalog.live.LiveAnalysisUpdater;
import pregao.strategy.catalog.live.UpcomingEntry;
import pregao.strategy.outbox.LedgerEvent;

/**
 * Updates live analyses with every final M1 candle, and creates signals for their
 * upcoming entries. Not thread-safe: only the consumer thread uses it.
 */
final class LiveAnalysisListener {

    private final LiveAnalysisUpdater updater;

    private Set<String> watchedKeys = Set.of();

    LiveAnalysisListener(LiveAnalysisUpdater updater) {
        this.updater = updater;
    }

    void refresh(Connection connection) {
        this.watchedKeys = this.updater.findWatchedInstruments(connection)
            .stream()
            .map(Instrument::key)
            .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether a live analysis follows an instrument. */
    boolean isWatched(String key) {
        return this.watchedKeys.contains(key);
    }

    /**
     * Handles a final candle. A stale candle updates the analyses, but creates no
     * signals.
     */
    List<LedgerEvent> onMinuteClosed(Connection connection, Candle candle, boolean stale) {
        if (!this.watchedKeys.contains(candle.instrument().key())) {
            return List.of();
        }
        List<LedgerEvent> events = new ArrayList<>();
        for (UpcomingEntry entry : this.updater.processMinute(connection, candle.instrument(), candle.openTime())) {
            if (!stale) {
                events.add(toEvent(entry, candle.openTime() + 60_000));
            }
        }
        return events;
    }

    private static LedgerEvent toEvent(UpcomingEntry entry, long decidedAt) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("sample", String.valueOf(entry.evidence().sample()));
        values.put("rate", toText(entry.evidence().rate()));
        values.put("chance", toText(entry.evidence().chance()));
        values.put("break_even", toText(entry.evidence().breakEven()));
        values.put("payout", entry.payout().toPlainString());
        List<SignalEvent.Input> inputs = values.entrySet()
            .stream()
            .map((value) -> new SignalEvent.Input(value.getKey(), value.getValue()))
            .toList();
        return new LedgerEvent(entry.person(), Topic.SIGNAL,
                (eventId) -> SignalCodec.encode(new SignalEvent(entry.id(), entry.person(), "catalog", entry.analysis(),
                        entry.instrument(), entry.direction().name().toLowerCase(Locale.ROOT), decidedAt,
                        entry.entryAt(), entry.pattern(), inputs, eventId)));
    }

    private static String toText(@org.jspecify.annotations.Nullable Double value) {
        return (value != null) ? String.valueOf(value) : "";
    }

}
