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
 * Which picture a reader wants.
 *
 * @param instrument of the analysis
 * @param from the first candle; null for so much before {@code to}
 * @param to the end; null for that of what was looked at, or so much after {@code from}
 * @param width in pixels
 * @param height in pixels
 */
record ChartQuery(Instrument instrument, @Nullable Instant from, @Nullable Instant to, int width, int height) {

    private static final int WIDTH = 960;

    private static final int HEIGHT = 480;

    private static final int MAX_COUNT = 2_000;

    private static final int MIN_COUNT = 200;

    private static final String TIME = "a time with offset, such as 2025-10-20T03:00:00Z";

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    static ChartQuery of(Map<String, String> given, String ownFeed) {
        QueryParameters parameters = new QueryParameters(given);
        Integer width = parameters.optional("width", size(), ChartQuery::pixels);
        Integer height = parameters.optional("height", size(), ChartQuery::pixels);
        Instant from = parameters.optional("from", TIME, ChartQuery::moment);
        Instant to = parameters.optional("to", TIME, ChartQuery::moment);
        Instrument instrument = InstrumentQuery.read(parameters, given, ownFeed).orElseThrow(parameters::failure);
        return new ChartQuery(instrument, from, to, Objects.requireNonNullElse(width, WIDTH),
                Objects.requireNonNullElse(height, HEIGHT));
    }

    /**
     * Where it ends: where it is said, or so much after the beginning, or at the last.
     */
    Instant end(long usual, Instant last) {
        return (this.to != null) ? this.to : (this.from != null) ? this.from.plusMillis(usual) : last;
    }

    private static String size() {
        return "%d to %d".formatted(MIN_COUNT, MAX_COUNT);
    }

    private static Optional<Integer> pixels(String text) {
        return Optional.of(text)
            .filter((digits) -> digits.matches("\\d{1,4}"))
            .map(Integer::valueOf)
            .filter((pixels) -> pixels >= MIN_COUNT && pixels <= MAX_COUNT);
    }

    private static Optional<Instant> moment(String text) {
        try {
            // A plus sign that was not escaped arrives as a blank.
            return Optional.of(OffsetDateTime.parse(text.replace(' ', '+')).toInstant())
                .filter((moment) -> moment.isAfter(FIRST) && moment.isBefore(LAST));
        }
        catch (DateTimeException ex) {
            return Optional.empty();
        }
    }

}
