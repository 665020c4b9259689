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
 * Keeps live analyses up to date as minutes come, and says which entries are next. For
 * one thread.
 */
final class LiveAnalysisListener {

    private final LiveAnalysisUpdater catalogue;

    private Set<String> keys = Set.of();

    LiveAnalysisListener(LiveAnalysisUpdater catalogue) {
        this.catalogue = catalogue;
    }

    void refresh(Connection connection) {
        this.keys = this.catalogue.findWatchedInstruments(connection)
            .stream()
            .map(Instrument::key)
            .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether somebody watches an instrument. */
    boolean isWanted(String key) {
        return this.keys.contains(key);
    }

    /** A minute is over; what is too late to be acted on is not said. */
    List<LedgerEvent> minute(Connection connection, Candle candle, boolean stale) {
        if (!this.keys.contains(candle.instrument().key())) {
            return List.of();
        }
        List<LedgerEvent> events = new ArrayList<>();
        for (UpcomingEntry next : this.catalogue.processMinute(connection, candle.instrument(), candle.openTime())) {
            if (!stale) {
                events.add(event(next, candle.openTime() + 60_000));
            }
        }
        return events;
    }

    private static LedgerEvent event(UpcomingEntry next, long at) {
        Map<String, String> seen = new LinkedHashMap<>();
        seen.put("sample", String.valueOf(next.evidence().sample()));
        seen.put("rate", text(next.evidence().rate()));
        seen.put("chance", text(next.evidence().chance()));
        seen.put("break_even", text(next.evidence().breakEven()));
        seen.put("payout", next.payout().toPlainString());
        List<SignalEvent.Input> inputs = seen.entrySet()
            .stream()
            .map((one) -> new SignalEvent.Input(one.getKey(), one.getValue()))
            .toList();
        return new LedgerEvent(next.person(), Topic.SIGNAL,
                (place) -> SignalCodec.encode(new SignalEvent(next.id(), next.person(), "catalog", next.analysis(),
                        next.instrument(), next.direction().name().toLowerCase(Locale.ROOT), at, next.entryAt(),
                        next.pattern(), inputs, place)));
    }

    private static String text(@org.jspecify.annotations.Nullable Double value) {
        return (value != null) ? String.valueOf(value) : "";
    }

}
