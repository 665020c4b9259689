package pregao.strategy.candle;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how long reading a year of M1 candles takes. The time is printed; the asserted
 * limit is far above it, because machines can be busy.
 */
class YearOfMinutesTests {

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private static final Instant BEGIN = Instant.parse("2023-01-01T00:00:00Z");

    private static final int YEAR = 525_600;

    @BeforeAll
    static void store() {
        StoredMinutes.storeRandomWalk(DATABASE.market(), "year", "YEAR", BEGIN, YEAR);
    }

    @AfterAll
    static void deleteCandles() {
        DATABASE.market().execute("delete from market.candle where feed = 'year'");
    }

    @Test
    void isReadInAboutASecond() {
        MinuteCandleReader reader = new MinuteCandleReader(new JdbcTemplate(DATABASE.pool()));
        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            CandleSeries candles = reader.read(new Instrument("year", "YEAR"), BEGIN.toEpochMilli(),
                    BEGIN.plus(Duration.ofDays(366)).toEpochMilli(), Timeframe.M1);
            long readEnd = System.nanoTime();
            String sha256 = candles.sha256();
            System.out.printf("%,d minutes read in %d ms, hashed in %d ms%n", candles.bars().size(),
                    (readEnd - begin) / 1_000_000, (System.nanoTime() - readEnd) / 1_000_000);
            assertThat(candles.bars().size()).isEqualTo(YEAR);
            assertThat(sha256).hasSize(64);
            assertThat(readEnd - begin).isLessThan(Duration.ofSeconds(20).toNanos());
        }
    }

}
