package pregao.indicators.query;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.InvalidParametersException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link MarketDataQuery}.
 */
class MarketDataQueryTests {

    @Test
    void meansTheFeedOfTheCallerAndTheLatestPlainCandles() {
        MarketDataQuery query = query("mt5");
        assertThat(query).isEqualTo(new MarketDataQuery(new Instrument("mt5", "EURUSD"), Timeframe.M1,
                IndicatorConvention.PLAIN, null, null, 500));
    }

    @Test
    void prefersTheFeedThatIsGiven() {
        assertThat(query("mt5", "feed", "binance").instrument().feed()).isEqualTo("binance");
    }

    @Test
    void readsEveryParameter() {
        MarketDataQuery query = query("mt5", "from", "2025-10-20T03:00:00Z", "to", "2025-10-20T04:00:00Z", "limit",
                "5000", "convention", "classic");
        assertThat(query.from()).isEqualTo("2025-10-20T03:00:00Z");
        assertThat(query.to()).isEqualTo("2025-10-20T04:00:00Z");
        assertThat(query.limit()).isEqualTo(5000);
        assertThat(query.convention()).isEqualTo(IndicatorConvention.CLASSIC);
    }

    @Test
    void continuesAtTheCursorWhateverFromSays() {
        Instant next = Instant.parse("2025-10-20T03:30:00Z");
        assertThat(query("mt5", "from", "2025-10-20T03:00:00Z", "cursor", new PageCursor(next).text()).from())
            .isEqualTo(next);
    }

    @Test
    void takesABlankInASymbolForAPlusSign() {
        assertThat(query("mt5", "symbol", "EURUSD ").instrument().symbol()).isEqualTo("EURUSD+");
    }

    @ParameterizedTest
    @CsvSource({ "symbol, EUR USD€", "symbol, ''", "timeframe, m1", "timeframe, M2", "timeframe, ''", "feed, MT5",
            "feed, ''", "from, yesterday", "from, 2025-10-20T03:00:00", "to, 2025-13-01T00:00:00Z", "limit, 0",
            "limit, 5001", "limit, -1", "limit, 1.5", "limit, 99999999999", "convention, exact", "cursor, abc",
            "cursor, %%" })
    void namesTheParameterThatIsWrong(String name, String value) {
        InvalidParametersException failure = catchThrowableOfType(InvalidParametersException.class,
                () -> query(null, name, value));
        assertThat(failure.errors()).extracting(FieldViolation::field).contains(name);
        assertThat(failure.errors()).allSatisfy((error) -> assertThat(error.expected()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({ "2025-10-20T04:00:00Z, 2025-10-20T03:00:00Z", "2025-10-20T04:00:00Z, 2025-10-20T04:00:00Z",
            "2025-10-20T04:00:00+01:00, 2025-10-20T02:30:00Z" })
    void rejectsATimeThatGoesBack(String from, String to) {
        InvalidParametersException failure = catchThrowableOfType(InvalidParametersException.class,
                () -> query("mt5", "from", from, "to", to));
        assertThat(failure.errors()).containsExactly(new FieldViolation("to", "a time after from"));
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        InvalidParametersException failure = catchThrowableOfType(InvalidParametersException.class,
                () -> MarketDataQuery.of(Map.of("limit", "x"), null, IndicatorConvention.PLAIN));
        assertThat(failure.errors()).extracting(FieldViolation::field)
            .containsExactly("symbol", "timeframe", "feed", "limit");
    }

    private static MarketDataQuery query(@Nullable String callerFeed, String... parameters) {
        Map<String, String> values = new HashMap<>(Map.of("symbol", "EURUSD", "timeframe", "M1"));
        for (int index = 0; index < parameters.length; index += 2) {
            values.put(parameters[index], parameters[index + 1]);
        }
        return MarketDataQuery.of(values, callerFeed, IndicatorConvention.PLAIN);
    }

}
