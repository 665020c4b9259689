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

    private final TickCache memory = new TickCache(250);

    private static MinuteKey minute(long minute) {
        return new MinuteKey(EURUSD, minute * 60_000);
    }

    private StoredMinute filled(long minute, int ticks) {
        StoredMinute kept = Objects.requireNonNull(this.memory.find(minute(minute)));
        TickBatch.Builder batch = TickBatch.of(EURUSD, PriceBasis.MID, 0, ticks);
        for (int i = 0; i < ticks; i++) {
            batch.add(minute * 60_000 + i, 0, 1, 2);
        }
        TickBatch built = batch.build();
        for (int i = 0; i < ticks; i++) {
            kept.add(built, i);
        }
        this.memory.markInUse(kept);
        return kept;
    }

    @Test
    void asksTheDatabaseOnlyForMinutesThatMayBeStored() {
        assertThat(this.memory.find(minute(5))).isNull();
        this.memory.putNewestMinute(EURUSD, minute(5).minute());
        assertThat(this.memory.find(minute(5))).isNull();
        assertThat(this.memory.find(minute(7))).isNotNull();
        assertThat(this.memory.find(minute(6))).isNull();
        assertThat(this.memory.find(minute(7))).isNotNull();
    }

    @Test
    void letsTheLongestUnusedGoAndNeverOneInUse() {
        this.memory.putNewestMinute(EURUSD, Long.MIN_VALUE);
        StoredMinute first = filled(1, 100);
        StoredMinute second = filled(2, 100);
        this.memory.release(List.of(second));
        assertThat(this.memory.find(minute(1))).isSameAs(first);
        assertThat(this.memory.find(minute(2))).isNull();
        this.memory.release(List.of(first));
        assertThat(this.memory.find(minute(1))).isSameAs(first);
        assertThat(this.memory.tickCount()).isBetween(100L, 250L);
    }

    @Test
    void forgetsInstruments() {
        this.memory.putNewestMinute(EURUSD, Long.MIN_VALUE);
        filled(1, 100);
        this.memory.evict(EURUSD::equals);
        assertThat(this.memory.tickCount()).isZero();
        assertThat(this.memory.knowsNewestMinute(EURUSD)).isFalse();
        assertThat(this.memory.find(minute(1))).isNull();
    }

    @Test
    void knowsABoundedNumberOfInstruments() {
        for (int i = 0; i < 30_000; i++) {
            this.memory.putNewestMinute(new Instrument("mt5", "S" + i), 0);
        }
        this.memory.release(List.of());
        assertThat(this.memory.instrumentCount()).isEqualTo(20_000);
        assertThat(this.memory.knowsNewestMinute(new Instrument("mt5", "S0"))).isFalse();
        assertThat(this.memory.knowsNewestMinute(new Instrument("mt5", "S29999"))).isTrue();
    }

}
