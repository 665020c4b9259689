package pregao.aggregator.candle;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FormingCandleThrottle}.
 */
class FormingCandleThrottleTests {

    private static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    private final FormingCandleThrottle throttle = new FormingCandleThrottle(100);

    private static CandleEvent forming(long minute, long price) {
        return CandleEvent.of(new Candle(EURUSD, Timeframe.M1, minute * 60_000, price, price, price, price,
                BigDecimal.ONE, null, CandleSource.TICKS, false, 0));
    }

    @Test
    void letsTheFirstOutAtOnceAndTheLastWhenItsTimeHasCome() {
        this.throttle.offer(forming(1, 10));
        assertThat(this.throttle.pollDue(1_000)).containsExactly(forming(1, 10));
        this.throttle.offer(forming(1, 11));
        this.throttle.offer(forming(1, 12));
        assertThat(this.throttle.pollDue(1_099)).isEmpty();
        assertThat(this.throttle.pollDue(1_100)).containsExactly(forming(1, 12));
        assertThat(this.throttle.pollDue(2_000)).isEmpty();
    }

    @Test
    void dropsWhatIsFinalMeanwhile() {
        this.throttle.offer(forming(1, 10));
        this.throttle.discard(forming(1, 10).candle().asFinal());
        assertThat(this.throttle.pollDue(1_000)).isEmpty();
    }

    @Test
    void keepsTheNextMinuteWhenTheOneBeforeCloses() {
        this.throttle.offer(forming(2, 10));
        this.throttle.offer(forming(1, 9));
        this.throttle.discard(forming(1, 9).candle().asFinal());
        assertThat(this.throttle.pollDue(1_000)).containsExactly(forming(2, 10));
    }

    @Test
    void forgetsInstruments() {
        this.throttle.offer(forming(1, 10));
        this.throttle.evict(EURUSD::equals);
        assertThat(this.throttle.pollDue(1_000)).isEmpty();
    }

    @Test
    void remembersOnlyInstrumentsThatWereLetOutLately() {
        for (int i = 0; i < 20_000; i++) {
            this.throttle.offer(CandleEvent.of(new Candle(new Instrument("mt5", "S" + i), Timeframe.M1, 60_000, 1, 1, 1,
                    1, BigDecimal.ONE, null, CandleSource.TICKS, false, 0)));
        }
        assertThat(this.throttle.pollDue(1_000)).hasSize(20_000);
        assertThat(this.throttle.size()).isEqualTo(20_000);
        assertThat(this.throttle.pollDue(1_100)).isEmpty();
        assertThat(this.throttle.size()).isZero();
    }

}
