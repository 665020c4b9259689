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

    private final FormingCandleThrottle gate = new FormingCandleThrottle(100);

    private static CandleEvent forming(long minute, long price) {
        return CandleEvent.of(new Candle(EURUSD, Timeframe.M1, minute * 60_000, price, price, price, price,
                BigDecimal.ONE, null, CandleSource.TICKS, false, 0));
    }

    @Test
    void letsTheFirstOutAtOnceAndTheLastWhenItsTimeHasCome() {
        this.gate.offer(forming(1, 10));
        assertThat(this.gate.pollDue(1_000)).containsExactly(forming(1, 10));
        this.gate.offer(forming(1, 11));
        this.gate.offer(forming(1, 12));
        assertThat(this.gate.pollDue(1_099)).isEmpty();
        assertThat(this.gate.pollDue(1_100)).containsExactly(forming(1, 12));
        assertThat(this.gate.pollDue(2_000)).isEmpty();
    }

    @Test
    void dropsWhatIsFinalMeanwhile() {
        this.gate.offer(forming(1, 10));
        this.gate.discard(forming(1, 10).candle().asFinal());
        assertThat(this.gate.pollDue(1_000)).isEmpty();
    }

    @Test
    void keepsTheNextMinuteWhenTheOneBeforeCloses() {
        this.gate.offer(forming(2, 10));
        this.gate.offer(forming(1, 9));
        this.gate.discard(forming(1, 9).candle().asFinal());
        assertThat(this.gate.pollDue(1_000)).containsExactly(forming(2, 10));
    }

    @Test
    void forgetsInstruments() {
        this.gate.offer(forming(1, 10));
        this.gate.evict(EURUSD::equals);
        assertThat(this.gate.pollDue(1_000)).isEmpty();
    }

    @Test
    void remembersOnlyInstrumentsThatWereLetOutLately() {
        for (int i = 0; i < 20_000; i++) {
            this.gate.offer(CandleEvent.of(new Candle(new Instrument("mt5", "S" + i), Timeframe.M1, 60_000, 1, 1, 1, 1,
                    BigDecimal.ONE, null, CandleSource.TICKS, false, 0)));
        }
        assertThat(this.gate.pollDue(1_000)).hasSize(20_000);
        assertThat(this.gate.size()).isEqualTo(20_000);
        assertThat(this.gate.pollDue(1_100)).isEmpty();
        assertThat(this.gate.size()).isZero();
    }

}
