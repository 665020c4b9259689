package pregao.strategy.catalog.chart;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.catalog.InstrumentQuery;
import pregao.webapi.problem.QueryParameters;

/**
 * The query parameters of a chart.
 *
 * @param instrument an instrument of the analysis
 * @param from the open time of the first candle; null for a default length before
 * {@code to}
 * @param to the end; null for a default length after {@code from}, or for the end of the
 * analyzed data
 * @param width the width in pixels
 * @param height the height in pixels
 */
record ChartQuery(Instrument instrument, @Nullable Instant from, @Nullable Instant to, int width, int height) {

    private static final int DEFAULT_WIDTH = 960;

    private static final int DEFAULT_HEIGHT = 480;

    private static final int MAX_PIXELS = 2_000;

    private static final int MIN_PIXELS = 200;

    private static final String EXPECTED_TIME = "a time with offset, such as 2025-10-20T03:00:00Z";

    private static final Instant MIN_TIME = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant MAX_TIME = Instant.parse("2200-01-01T00:00:00Z");

    static ChartQuery of(Map<String, String> requestParameters, String tokenFeed) {
        QueryParameters parameters = new QueryParameters(requestParameters);
        Integer width = parameters.optional("width", expectedSize(), ChartQuery::parsePixels);
        Integer height = parameters.optional("height", expectedSize(), ChartQuery::parsePixels);
        Instant from = parameters.optional("from", EXPECTED_TIME, ChartQuery::parseTime);
        Instant to = parameters.optional("to", EXPECTED_TIME, ChartQuery::parseTime);
        Instrument instrument = InstrumentQuery.parse(parameters, requestParameters, tokenFeed)
            .orElseThrow(parameters::toException);
        return new ChartQuery(instrument, from, to, Objects.requireNonNullElse(width, DEFAULT_WIDTH),
                Objects.requireNonNullElse(height, DEFAULT_HEIGHT));
    }

    /**
     * Returns the end of the chart: {@code to}, or the default length after {@code from},
     * or the given last time.
     */
    Instant resolveEnd(long defaultMillis, Instant lastTime) {
        return (this.to != null) ? this.to : (this.from != null) ? this.from.plusMillis(defaultMillis) : lastTime;
    }

    private static String expectedSize() {
        return "%d to %d".formatted(MIN_PIXELS, MAX_PIXELS);
    }

    private static Optional<Integer> parsePixels(String text) {
        return Optional.of(text)
            .filter((digits) -> digits.matches("\\d{1,4}"))
            .map(Integer::valueOf)
            .filter((pixels) -> pixels >= MIN_PIXELS && pixels <= MAX_PIXELS);
    }

    private static Optional<Instant> parseTime(String text) {
        try {
            // An unescaped plus sign arrives as a space.
            return Optional.of(OffsetDateTime.parse(text.replace(' ', '+')).toInstant())
                .filter((time) -> time.isAfter(MIN_TIME) && time.isBefore(MAX_TIME));
        }
        catch (DateTimeException ex) {
            return Optional.empty();
        }
    }

}
