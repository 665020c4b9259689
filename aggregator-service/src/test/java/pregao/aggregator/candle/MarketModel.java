package pregao.aggregator.candle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.market.candle.CandleRank;
import pregao.market.candle.CandleState;
import pregao.market.candle.CandleVersion;
import pregao.pipeline.candle.CandleKey;

/**
 * A model of {@code market.put_candles} in plain Java: buckets that follow
 * {@link CandleState}, and the succession of provided series.
 */
final class MarketModel {

    private final Map<CandleKey, CandleState> states = new LinkedHashMap<>();

    private final Map<Series, Long> lastProvided = new HashMap<>();

    private final Map<Instrument, Long> closedUntil = new HashMap<>();

    Map<CandleKey, CandleState> states() {
        return this.states;
    }

    private CandleState state(CandleKey key) {
        return this.states.getOrDefault(key, CandleState.EMPTY);
    }

    /**
     * Puts a batch.
     * @param items each bucket once
     * @param now the clock of the server, in epoch milliseconds
     * @param closings the close boundaries of the aggregator
     * @param promotion what the aggregator promotes, or null
     * @return the result rows
     */
    Set<Row> put(List<Item> items, long now, List<CloseBoundary> closings, @Nullable FinalityPromotion promotion) {
        Set<Row> rows = new HashSet<>();
        if (promotion == FinalityPromotion.MINUTES) {
            for (CloseBoundary closing : closings) {
                if (closing.ticks() || this.closedUntil.containsKey(closing.instrument())) {
                    this.closedUntil.merge(closing.instrument(), closing.until(), Math::max);
                }
            }
        }
        Set<Series> provided = new HashSet<>();
        for (Item item : items) {
            if (item.candle.source() == CandleSource.GIVEN) {
                provided.add(Series.of(item.candle));
                this.lastProvided.merge(Series.of(item.candle), item.candle.openTime(), Math::max);
            }
        }
        Set<CandleKey> own = new HashSet<>();
        items.forEach((item) -> own.add(CandleKey.of(item.candle)));
        for (CandleKey key : List.copyOf(this.states.keySet())) {
            if (!own.contains(key) && isSucceeded(key) && isDue(key, now, provided, closings, promotion)) {
                update(key, state(key).promote(), rows);
            }
        }
        for (int i = 0; i < items.size(); i++) {
            put(i + 1, items.get(i), now, rows);
        }
        return rows;
    }

    private boolean isSucceeded(CandleKey key) {
        return this.lastProvided.getOrDefault(Series.of(key), Long.MIN_VALUE) > key.openTime();
    }

    private boolean isDue(CandleKey key, long now, Set<Series> provided, List<CloseBoundary> closings,
            @Nullable FinalityPromotion promotion) {
        long end = key.openTime() + key.timeframe().millis();
        if (promotion == null) {
            return provided.contains(Series.of(key)) && isClosed(key, now);
        }
        boolean minute = key.timeframe() == Timeframe.M1;
        return minute == (promotion == FinalityPromotion.MINUTES) && closings.stream()
            .anyMatch((closing) -> closing.instrument().equals(key.instrument()) && end <= closing.until());
    }

    private boolean isClosed(CandleKey key, long now) {
        long end = key.openTime() + key.timeframe().millis();
        return end <= now && end <= this.closedUntil.getOrDefault(key.instrument(), Long.MAX_VALUE);
    }

    private void put(int number, Item item, long now, Set<Row> rows) {
        Candle candle = item.candle;
        CandleKey key = CandleKey.of(candle);
        CandleState previous = state(key);
        if (item.release != null) {
            CandleState next = previous.release(new CandleVersion(candle, CandleRank.CHOSEN, false, item.release));
            rows.add(new Row(number, key, status(previous, next), false, next.revision(), true));
            this.states.put(key, next);
            return;
        }
        CandleState.Outcome outcome;
        if (candle.source() != CandleSource.GIVEN) {
            CandleRank rank = candle.isFinal() ? CandleRank.BUILT_FINAL : CandleRank.BUILT_FORMING;
            outcome = previous.build(new CandleVersion(candle, rank, false), isSucceeded(key));
        }
        else {
            CandleRank rank = candle.isFinal() ? CandleRank.MARKED
                    : (isSucceeded(key) && isClosed(key, now)) ? CandleRank.SUCCEEDED : CandleRank.PROVISIONAL;
            outcome = previous.provide(new CandleVersion(candle, rank, item.snapshot && rank != CandleRank.MARKED));
        }
        Candle stands = Objects.requireNonNull(outcome.after().candle());
        String status = outcome.status().name().toLowerCase(java.util.Locale.ROOT);
        rows.add(new Row(number, key, status, outcome.conflict(), stands.revision(), stands.isFinal()));
        if (outcome.status() == CandleState.Status.DUPLICATE) {
            update(key, outcome.after(), rows);
        }
        this.states.put(key, outcome.after());
    }

    /** The row reports a change of a candle that is not an item. */
    private void update(CandleKey key, CandleState next, Set<Row> rows) {
        CandleState previous = state(key);
        this.states.put(key, next);
        if (!status(previous, next).equals("duplicate")) {
            Candle stands = next.candle();
            rows.add(new Row(0, key, (stands != null) ? "updated" : "withdrawn", false, next.revision(),
                    stands != null && stands.isFinal()));
        }
    }

    private static String status(CandleState previous, CandleState next) {
        CandleVersion was = previous.standing();
        CandleVersion stands = next.standing();
        if (stands == null) {
            return (was != null) ? "withdrawn" : "duplicate";
        }
        if (was == null) {
            return "inserted";
        }
        boolean same = was.rank() == stands.rank() && was.candle().sameValues(stands.candle());
        return same ? "duplicate" : "updated";
    }

    Set<Row> undo(CandleKey key, long release) {
        Set<Row> rows = new HashSet<>();
        update(key, state(key).undo(release, isSucceeded(key)), rows);
        return rows;
    }

    Set<Row> withdraw(CandleKey key) {
        Set<Row> rows = new HashSet<>();
        update(key, state(key).withdrawBuilt(isSucceeded(key)), rows);
        return rows;
    }

    Set<Row> remove(CandleKey key) {
        Set<Row> rows = new HashSet<>();
        update(key, state(key).remove(), rows);
        return rows;
    }

    Set<Row> accept(Candle candle) {
        Set<Row> rows = new HashSet<>();
        CandleKey key = CandleKey.of(candle);
        CandleState previous = state(key);
        Candle displaced = previous.candle();
        if (displaced != null) {
            rows.add(new Row(0, key, "displaced", false, displaced.revision(), displaced.isFinal()));
        }
        update(key, previous.accept(new CandleVersion(candle, CandleRank.CHOSEN, false)), rows);
        return rows;
    }

    /**
     * A candle of a call.
     *
     * @param candle final if a provided one is marked as final, or if an aggregated one
     * is final
     * @param snapshot whether it was seen only before its end
     * @param release its number in quarantine, or null
     */
    record Item(Candle candle, boolean snapshot, @Nullable Long release) {
    }

    /**
     * A row of the result.
     *
     * @param item from 1, or 0 for a candle that is not an item
     */
    record Row(int item, CandleKey key, String status, boolean conflict, int revision, boolean isFinal) {
    }

    private record Series(Instrument instrument, Timeframe timeframe) {

        static Series of(Candle candle) {
            return new Series(candle.instrument(), candle.timeframe());
        }

        static Series of(CandleKey key) {
            return new Series(key.instrument(), key.timeframe());
        }

    }

}
