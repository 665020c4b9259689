package pregao.strategy.candle;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MinuteCandleReader} with a real database.
 */
class MinuteCandleReaderTests {

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private static final Instrument WALK = new Instrument("bars", "WALK");

    private static final Instant BEGIN = Instant.parse("2024-03-01T00:00:00Z");

    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE.pool());

    private final MinuteCandleReader reader = new MinuteCandleReader(JDBC);

    @BeforeAll
    static void store() {
        StoredMinutes.storeRandomWalk(DATABASE.market(), "bars", "WALK", BEGIN, 25_000);
        DATABASE.market()
            .execute(
                    """
                            delete from market.candle where feed = 'bars' and (extract(epoch from ts)::bigint / 60) % 17 = 3;
                            update market.candle set final = false where feed = 'bars' and (extract(epoch from ts)::bigint / 60) % 19 = 5;
                            insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,
                              rank, revision)
                            select feed, symbol, 'M5', date_bin('5 minutes', ts, 'epoch'), 1, 1, 1, 1, 1, 'rollup', true, 3, 1
                            from market.candle where feed = 'bars' group by 1, 2, 4""");
    }

    private static List<Object[]> selectRows(Instant from, Instant to) {
        return JDBC.query("""
                select extract(epoch from ts) * 1000, open, high, low, close from market.candle
                where feed = 'bars' and symbol = 'WALK' and timeframe = 'M1' and final
                  and ts >= cast(? as timestamptz) and ts < cast(? as timestamptz) order by ts""",
                (row, number) -> new Object[] { row.getBigDecimal(1).longValueExact(), Prices.of(row.getBigDecimal(2)),
                        Prices.of(row.getBigDecimal(3)), Prices.of(row.getBigDecimal(4)),
                        Prices.of(row.getBigDecimal(5)) },
                from.toString(), to.toString());
    }

    @Test
    void readsFinalMinutesWithAsManyBeforeAsIndicatorsReachBack() {
        Instant from = BEGIN.plusSeconds(600_000);
        Instant to = BEGIN.plusSeconds(1_200_000);
        CandleSeries candles = this.reader.read(WALK, from.toEpochMilli(), to.toEpochMilli(), Timeframe.M1);
        assertThat(candles.range().begin()).isEqualTo(1_024);
        List<Object[]> allRows = selectRows(BEGIN, to);
        List<Object[]> expected = allRows.subList(allRows.size() - candles.bars().size(), allRows.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(new Object[] { candles.bars().times()[i], candles.bars().opens()[i], candles.bars().highs()[i],
                    candles.bars().lows()[i], candles.bars().closes()[i] })
                .isEqualTo(expected.get(i));
        }
        assertThat(candles.range().end() - candles.range().begin()).isEqualTo(selectRows(from, to).size());
        assertThat(candles.highestRevision()).isEqualTo(3);
        assertThat(candles.revised()).isBetween(50, 150);
        assertThat(candles.countGaps()).isPositive();
        assertThat(candles.countMissingMinutes()).isGreaterThanOrEqualTo(candles.countGaps());
        assertThat(this.reader.count(WALK, from.toEpochMilli(), to.toEpochMilli(), Timeframe.M1))
            .isEqualTo(candles.bars().size());
    }

    @Test
    void warmsUpByTheStrategysCandles() {
        Instant from = BEGIN.plusSeconds(1_000_020);
        CandleSeries candles = this.reader.read(WALK, from.toEpochMilli(), from.plusSeconds(600).toEpochMilli(),
                Timeframe.M5);
        long first = Timeframe.M5.bucketStart(from.toEpochMilli()) - 1_024L * Timeframe.M5.millis();
        assertThat(candles.bars().times()[0]).isBetween(first, first + 240_000);
    }

    @Test
    void hasNothingWhereThereIsNothing() {
        CandleSeries noCandles = this.reader.read(new Instrument("bars", "NONE"), 0, Long.MAX_VALUE / 1_000_000,
                Timeframe.H1);
        assertThat(noCandles.bars().size()).isZero();
        assertThat(noCandles.countMissingMinutes()).isZero();
        assertThat(noCandles.sha256()).hasSize(64);
        CandleSeries laterCandles = this.reader.read(WALK, BEGIN.plusSeconds(90_000_000).toEpochMilli(),
                BEGIN.plusSeconds(100_000_000).toEpochMilli(), Timeframe.M1);
        assertThat(laterCandles.range().begin()).isEqualTo(laterCandles.range().end());
    }

    @Test
    void aFingerprintIsTheColumns() {
        CandleSeries first = this.reader.read(WALK, BEGIN.toEpochMilli(), BEGIN.plusSeconds(60_000).toEpochMilli(),
                Timeframe.M1);
        CandleSeries second = this.reader.read(WALK, BEGIN.toEpochMilli(), BEGIN.plusSeconds(60_000).toEpochMilli(),
                Timeframe.M1);
        assertThat(second.sha256()).isEqualTo(first.sha256());
        second.bars().closes()[500]++;
        assertThat(second.sha256()).isNotEqualTo(first.sha256());
    }

}
