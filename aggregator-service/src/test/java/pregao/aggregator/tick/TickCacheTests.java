package pregao.aggregator.tick;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.tick.TickBatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TickCache}.
 */
class TickCacheTests {

    private static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    private final TickCache cache = new TickCache(250);

    private static MinuteKey minute(long minute) {
        return new MinuteKey(EURUSD, minute * 60_000);
    }

    private StoredMinute createFilled(long minute, int ticks) {
        StoredMinute kept = Objects.requireNonNull(this.cache.find(minute(minute)));
        TickBatch.Builder batch = TickBatch.of(EURUSD, PriceBasis.MID, 0, ticks);
        for (int i = 0; i < ticks; i++) {
            batch.add(minute * 60_000 + i, 0, 1, 2);
        }
        TickBatch built = batch.build();
        for (int i = 0; i < ticks; i++) {
            kept.add(built, i);
        }
        this.cache.markInUse(kept);
        return kept;
    }

    @Test
    void asksTheDatabaseOnlyForMinutesThatMayBeStored() {
        assertThat(this.cache.find(minute(5))).isNull();
        this.cache.putNewestMinute(EURUSD, minute(5).minute());
        assertThat(this.cache.find(minute(5))).isNull();
        assertThat(this.cache.find(minute(7))).isNotNull();
        assertThat(this.cache.find(minute(6))).isNull();
        assertThat(this.cache.find(minute(7))).isNotNull();
    }

    @Test
    void letsTheLongestUnusedGoAndNeverOneInUse() {
        this.cache.putNewestMinute(EURUSD, Long.MIN_VALUE);
        StoredMinute first = createFilled(1, 100);
        StoredMinute second = createFilled(2, 100);
        this.cache.release(List.of(second));
        assertThat(this.cache.find(minute(1))).isSameAs(first);
        assertThat(this.cache.find(minute(2))).isNull();
        this.cache.release(List.of(first));
        assertThat(this.cache.find(minute(1))).isSameAs(first);
        assertThat(this.cache.tickCount()).isBetween(100L, 250L);
    }

    @Test
    void forgetsInstruments() {
        this.cache.putNewestMinute(EURUSD, Long.MIN_VALUE);
        createFilled(1, 100);
        this.cache.evict(EURUSD::equals);
        assertThat(this.cache.tickCount()).isZero();
        assertThat(this.cache.knowsNewestMinute(EURUSD)).isFalse();
        assertThat(this.cache.find(minute(1))).isNull();
    }

    @Test
    void knowsABoundedNumberOfInstruments() {
        for (int i = 0; i < 30_000; i++) {
            this.cache.putNewestMinute(new Instrument("mt5", "S" + i), 0);
        }
        this.cache.release(List.of());
        assertThat(this.cache.instrumentCount()).isEqualTo(20_000);
        assertThat(this.cache.knowsNewestMinute(new Instrument("mt5", "S0"))).isFalse();
        assertThat(this.cache.knowsNewestMinute(new Instrument("mt5", "S29999"))).isTrue();
    }

}
