package pregao.indicators.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.InvalidParametersException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link CoverageQuery} and {@link InstrumentCursor}.
 */
class CoverageQueryTests {

    private static final Instant NOW = Instant.parse("2025-10-20T12:00:00Z");

    @Test
    void asksForTheLastWeekOfAllMinutesWhereNothingIsSaid() {
        CoverageQuery query = CoverageQuery.of(Map.of(), "mt5");
        assertThat(query).isEqualTo(new CoverageQuery(null, null, Timeframe.M1, null, null, 20, null));
        assertThat(query.from(NOW)).isEqualTo("2025-10-13T12:00:00Z");
        assertThat(query.to(NOW)).isEqualTo(NOW);
    }

    @Test
    void meansTheCallersFeedWhereOnlyASymbolIsGiven() {
        assertThat(CoverageQuery.of(Map.of("symbol", "EURUSD"), "mt5").feed()).isEqualTo("mt5");
        assertThat(CoverageQuery.of(Map.of("symbol", "EURUSD", "feed", "binance"), "mt5").feed()).isEqualTo("binance");
    }

    @Test
    void looksNoFurtherThanTheEndAndAYear() {
        CoverageQuery future = CoverageQuery.of(Map.of("to", "2030-01-01T00:00:00Z"), null);
        assertThat(future.to(NOW)).isEqualTo(NOW);
        CoverageQuery old = CoverageQuery.of(Map.of("from", "2020-01-01T00:00:00Z"), null);
        assertThat(old.to(NOW)).isEqualTo("2021-01-01T00:00:00Z");
        CoverageQuery first = CoverageQuery.of(Map.of("to", "0001-01-02T00:00:00Z"), null);
        assertThat(first.from(NOW)).isEqualTo("0001-01-01T00:00:00Z");
    }

    @Test
    void makesPagesSmallerForLongTimes() {
        assertThat(CoverageQuery.of(Map.of("limit", "50"), null).computePageSize(NOW)).isEqualTo(49);
        assertThat(CoverageQuery.of(Map.of(), null).computePageSize(NOW)).isEqualTo(20);
        Map<String, String> year = Map.of("from", "2024-10-20T00:00:00Z", "to", "2025-10-20T00:00:00Z");
        assertThat(CoverageQuery.of(year, null).computePageSize(NOW)).isOne();
        assertThat(new CoverageQuery(null, null, Timeframe.H1, NOW.minus(Duration.ofDays(366)), NOW, 50, null)
            .computePageSize(NOW)).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({ "symbol, EUR USD€", "feed, MT5", "timeframe, M2", "from, yesterday", "to, 2025-13-01", "limit, 0",
            "limit, 51", "limit, 100", "cursor, YzE6MA", "cursor, aTE6bm8" })
    void namesWhatIsWrong(String name, String value) {
        assertThatThrownBy(() -> CoverageQuery.of(Map.of(name, value), "mt5")).isInstanceOfSatisfying(
                InvalidParametersException.class,
                (failure) -> assertThat(failure.errors()).extracting(FieldViolation::field).containsExactly(name));
    }

    @ParameterizedTest
    @CsvSource({ "2025-01-01T00:00:00Z, 2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z, 2025-01-01T00:00:00Z",
            "2024-01-01T00:00:00Z, 2025-01-02T00:00:00Z" })
    void refusesTimesThatGoBackOrAreTooLong(String from, String to) {
        assertThatThrownBy(() -> CoverageQuery.of(Map.of("from", from, "to", to), null))
            .isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void wantsAFeedWhereTheTokenNamesNone() {
        assertThatThrownBy(() -> CoverageQuery.of(Map.of("symbol", "EURUSD"), null))
            .isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void goesOnBehindAnInstrument() {
        InstrumentCursor cursor = new InstrumentCursor(new Instrument("mt5", "XAUUSD+"));
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
        assertThat(CoverageQuery.of(Map.of("cursor", cursor.text()), null).after()).isEqualTo(cursor.after());
    }

}
