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
 * The bounds of a series.
 *
 * @param instrument the instrument
 * @param timeframe the timeframe
 * @param first the open time of the first candle
 * @param last the open time of the last candle
 */
record InstrumentSeries(Instrument instrument, Timeframe timeframe, Instant first, Instant last) {

    /**
     * Groups series by instrument.
     * @param series the series, in any order of timeframes
     * @return one item for each instrument, in the order of their first series
     */
    static List<InstrumentResponse> groupByInstrument(List<InstrumentSeries> series) {
        Map<Instrument, List<InstrumentSeries>> seriesByInstrument = new LinkedHashMap<>();
        for (InstrumentSeries instrumentSeries : series) {
            seriesByInstrument.computeIfAbsent(instrumentSeries.instrument(), (instrument) -> new ArrayList<>())
                .add(instrumentSeries);
        }
        return seriesByInstrument.entrySet()
            .stream()
            .map((entry) -> toResponse(entry.getKey(), entry.getValue()))
            .toList();
    }

    private static InstrumentResponse toResponse(Instrument instrument, List<InstrumentSeries> series) {
        List<String> timeframes = series.stream()
            .map(InstrumentSeries::timeframe)
            .sorted()
            .map(Timeframe::name)
            .toList();
        Instant first = series.stream().map(InstrumentSeries::first).min(Comparator.naturalOrder()).orElseThrow();
        Instant last = series.stream().map(InstrumentSeries::last).max(Comparator.naturalOrder()).orElseThrow();
        return new InstrumentResponse(instrument.feed(), instrument.symbol(), timeframes, first, last);
    }

}
