package pregao.indicators.coverage;

import java.time.Instant;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.dataquality.WeekendHours;

/**
 * Learns the weekend hours of a series from its stored candles: from M30 for M1 to M30,
 * and from its own candles for longer timeframes.
 */
@Component
public class WeekendHoursRepository {

    private final OpenTimeRepository openTimes;

    WeekendHoursRepository(OpenTimeRepository openTimes) {
        this.openTimes = openTimes;
    }

    /**
     * Learns the weekend hours around a period.
     * @param series the series
     * @param from the start of the period
     * @param end the end of the period in which candles are expected
     * @return the series with its weekend hours, or the same series if its calendar is
     * not auto
     */
    public Mono<SeriesInfo> learn(SeriesInfo series, Instant from, Instant end) {
        if (series.calendar() != TradingCalendar.AUTO) {
            return Mono.just(series);
        }
        Timeframe timeframe = (series.timeframe().compareTo(Timeframe.M30) <= 0) ? Timeframe.M30 : series.timeframe();
        Instant start = from.minusMillis(WeekendHours.EVIDENCE_MILLIS);
        return this.openTimes.findBetween(series.instrument(), timeframe, start, end)
            .map((openTimes) -> series.withWeekends(WeekendHours.of(series.grid(), timeframe, openTimes,
                    series.first().toEpochMilli(), from.toEpochMilli(), end.toEpochMilli())));
    }

}
