package pregao.indicators.instruments;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;

/**
 * The candles of one timeframe of an instrument, by their ends.
 *
 * @param instrument the instrument
 * @param timeframe the timeframe
 * @param first the open time of the first candle
 * @param last the open time of the last candle
 */
record StoredSeries(Instrument instrument, Timeframe timeframe, Instant first, Instant last) {

    /**
     * Puts the series of each instrument together.
     * @param series in any order of timeframes
     * @return an item each instrument, in the order they came
     */
    static List<StoredInstrument> byInstrument(List<StoredSeries> series) {
        Map<Instrument, List<StoredSeries>> groups = new LinkedHashMap<>();
        for (StoredSeries one : series) {
            groups.computeIfAbsent(one.instrument(), (instrument) -> new ArrayList<>()).add(one);
        }
        return groups.entrySet().stream().map((group) -> together(group.getKey(), group.getValue())).toList();
    }

    private static StoredInstrument together(Instrument instrument, List<StoredSeries> series) {
        List<String> timeframes = series.stream().map(StoredSeries::timeframe).sorted().map(Timeframe::name).toList();
        Instant first = series.stream().map(StoredSeries::first).min(Comparator.naturalOrder()).orElseThrow();
        Instant last = series.stream().map(StoredSeries::last).max(Comparator.naturalOrder()).orElseThrow();
        return new StoredInstrument(instrument.feed(), instrument.symbol(), timeframes, first, last);
    }

}
