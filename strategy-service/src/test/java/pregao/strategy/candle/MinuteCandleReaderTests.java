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
 * Tests of {@link MinuteCandleReader} on a real database.
 */
class MinuteCandleReaderTests {

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private static final Instrument WALK = new Instrument("bars", "WALK");

    private static final Instant BEGIN = Instant.parse("2024-03-01T00:00:00Z");

    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE.pool());

    private final MinuteCandleReader bars = new MinuteCandleReader(JDBC);

    @BeforeAll
    static void store() {
        StoredMinutes.walk(DATABASE.market(), "bars", "WALK", BEGIN, 25_000);
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

    private static List<Object[]> plain(Instant from, Instant to) {
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
        CandleSeries minutes = this.bars.read(WALK, from.toEpochMilli(), to.toEpochMilli(), Timeframe.M1);
        assertThat(minutes.range().begin()).isEqualTo(1_024);
        List<Object[]> all = plain(BEGIN, to);
        List<Object[]> expected = all.subList(all.size() - minutes.bars().size(), all.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(new Object[] { minutes.bars().times()[i], minutes.bars().opens()[i], minutes.bars().highs()[i],
                    minutes.bars().lows()[i], minutes.bars().closes()[i] })
                .isEqualTo(expected.get(i));
        }
        assertThat(minutes.range().end() - minutes.range().begin()).isEqualTo(plain(from, to).size());
        assertThat(minutes.highestRevision()).isEqualTo(3);
        assertThat(minutes.revised()).isBetween(50, 150);
        assertThat(minutes.countGaps()).isPositive();
        assertThat(minutes.countMissingMinutes()).isGreaterThanOrEqualTo(minutes.countGaps());
        assertThat(this.bars.count(WALK, from.toEpochMilli(), to.toEpochMilli(), Timeframe.M1))
            .isEqualTo(minutes.bars().size());
    }

    @Test
    void warmsUpByTheStrategysCandles() {
        Instant from = BEGIN.plusSeconds(1_000_020);
        CandleSeries minutes = this.bars.read(WALK, from.toEpochMilli(), from.plusSeconds(600).toEpochMilli(),
                Timeframe.M5);
        long first = Timeframe.M5.bucketStart(from.toEpochMilli()) - 1_024L * Timeframe.M5.millis();
        assertThat(minutes.bars().times()[0]).isBetween(first, first + 240_000);
    }

    @Test
    void hasNothingWhereThereIsNothing() {
        CandleSeries none = this.bars.read(new Instrument("bars", "NONE"), 0, Long.MAX_VALUE / 1_000_000, Timeframe.H1);
        assertThat(none.bars().size()).isZero();
        assertThat(none.countMissingMinutes()).isZero();
        assertThat(none.sha256()).hasSize(64);
        CandleSeries later = this.bars.read(WALK, BEGIN.plusSeconds(90_000_000).toEpochMilli(),
                BEGIN.plusSeconds(100_000_000).toEpochMilli(), Timeframe.M1);
        assertThat(later.range().begin()).isEqualTo(later.range().end());
    }

    @Test
    void aFingerprintIsTheColumns() {
        CandleSeries one = this.bars.read(WALK, BEGIN.toEpochMilli(), BEGIN.plusSeconds(60_000).toEpochMilli(),
                Timeframe.M1);
        CandleSeries again = this.bars.read(WALK, BEGIN.toEpochMilli(), BEGIN.plusSeconds(60_000).toEpochMilli(),
                Timeframe.M1);
        assertThat(again.sha256()).isEqualTo(one.sha256());
        again.bars().closes()[500]++;
        assertThat(again.sha256()).isNotEqualTo(one.sha256());
    }

}
