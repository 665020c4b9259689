package pregao.aggregator.candle;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code market.put_candles} if it receives an old history again.
 */
@Tag("store")
class RepeatedHistoryTests {

    private static final int LENGTH = 12;

    private static final int CHANGED = 5;

    private static final Spread SPREAD = Spread.ofPrice(2);

    private final String feed = PutCandlesTests.feed();

    @Test
    void changesNothingInAnyOrder() throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
            List<Candle> history = history("A");
            history.addAll(history("B"));
            PutCandlesTests.put(connection, history);
            for (int iteration = 0; iteration < 3; iteration++) {
                Collections.shuffle(history, new Random(iteration));
                List<PutCandlesTests.Row> rows = PutCandlesTests.put(connection, history);
                assertThat(rows).hasSize(history.size());
                for (PutCandlesTests.Row row : rows) {
                    boolean isNewest = history.get(row.item() - 1).openTime() == (LENGTH - 1) * 60_000L;
                    assertThat(row)
                        .isEqualTo(new PutCandlesTests.Row(row.item(), "duplicate", false, isNewest ? 0 : 1));
                }
            }
        }
    }

    /**
     * A final candle is replaced by one of more ticks; every other difference is a
     * conflict.
     */
    @ParameterizedTest
    @MethodSource
    void noticesACandleThatDiffers(Prices changed, String status, boolean conflict, int revision) throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
            PutCandlesTests.put(connection, history("A"));
            List<Candle> history = history("A");
            history.set(CHANGED, candle("A", CHANGED, changed));
            List<PutCandlesTests.Row> rows = PutCandlesTests.put(connection, history);
            assertThat(rows).hasSize(LENGTH)
                .contains(new PutCandlesTests.Row(CHANGED + 1, status, conflict, revision))
                .filteredOn((row) -> !row.status().equals("duplicate") || row.conflict())
                .hasSize(1);
        }
    }

    static Stream<Arguments> noticesACandleThatDiffers() {
        return Stream.of(Arguments.of(new Prices(5, 9, 3, 6, 2, SPREAD), "duplicate", true, 1),
                Arguments.of(new Prices(6, 10, 3, 6, 2, SPREAD), "duplicate", true, 1),
                Arguments.of(new Prices(6, 9, 4, 6, 2, SPREAD), "duplicate", true, 1),
                Arguments.of(new Prices(6, 9, 3, 7, 2, SPREAD), "duplicate", true, 1),
                Arguments.of(new Prices(6, 9, 3, 6, 1, SPREAD), "duplicate", true, 1),
                Arguments.of(new Prices(6, 9, 3, 6, 3, SPREAD), "updated", false, 2),
                Arguments.of(new Prices(6, 9, 3, 6, 2, Spread.ofPrice(3)), "duplicate", true, 1),
                Arguments.of(new Prices(6, 9, 3, 6, 2, Spread.ofPoints(2)), "duplicate", true, 1));
    }

    @Test
    void insertsWhatIsMissingInTheMiddle() throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
            List<Candle> history = history("A");
            List<Candle> storedCandles = new ArrayList<>(history);
            storedCandles.remove(CHANGED);
            PutCandlesTests.put(connection, storedCandles);
            assertThat(PutCandlesTests.put(connection, history)).filteredOn((row) -> !row.status().equals("duplicate"))
                .containsExactly(new PutCandlesTests.Row(CHANGED + 1, "inserted", false, 1));
        }
    }

    private List<Candle> history(String symbol) {
        List<Candle> history = new ArrayList<>();
        for (int minute = 0; minute < LENGTH; minute++) {
            history.add(candle(symbol, minute, new Prices(6, 9, 3, 6, 2, SPREAD)));
        }
        return history;
    }

    private Candle candle(String symbol, int minute, Prices prices) {
        return new Candle(new Instrument(this.feed, symbol), Timeframe.M1, minute * 60_000L, prices.open(),
                prices.high(), prices.low(), prices.close(), BigDecimal.valueOf(prices.volume()), prices.spread(),
                CandleSource.GIVEN, false, 0);
    }

    /**
     * The differences that a candle of the history may have.
     */
    record Prices(int open, int high, int low, int close, int volume, Spread spread) {
    }

}
