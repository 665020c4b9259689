package pregao.market.tick;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.tick.TickBatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static pregao.market.Minutes.EURUSD;
import static pregao.market.Minutes.price;

class MinuteTickBufferTests {

    private static final long MINUTE = 1_398_902_400_000L;

    private final MinuteTickBuffer minute = new MinuteTickBuffer(EURUSD, MINUTE);

    @Test
    void foldsTheMidOfTheTicksInOrder() {
        add(batch().add(MINUTE + 292, 0, price("1.38676"), price("1.38686"))
            .add(MINUTE + 5_000, 0, price("1.38680"), price("1.38691"))
            .add(MINUTE + 59_999, 0, price("1.38670"), price("1.38679")));

        Candle candle = Objects.requireNonNull(this.minute.fold(PriceBasis.MID, false));

        assertThat(candle).isEqualTo(new Candle(EURUSD, Timeframe.M1, MINUTE, price("1.38681"), price("1.386855"),
                price("1.386745"), price("1.386745"), BigDecimal.valueOf(3), Spread.ofPrice(price("0.0001")),
                CandleSource.TICKS, false, 0));
        assertThat(this.minute.fold(PriceBasis.MID, true)).isEqualTo(candle.asFinal());
    }

    @Test
    void putsALateTickWhereItBelongs() {
        add(batch().add(MINUTE + 10, 0, price("1.1"), price("1.2")).add(MINUTE + 30, 0, price("1.3"), price("1.4")));
        assertThat(this.minute.fold(PriceBasis.BID, false)).isNotNull();

        add(batch().add(MINUTE + 20, 0, price("9"), price("9.1")).add(MINUTE, 0, price("1.05"), price("1.15")));

        assertThat(IntStream.range(0, this.minute.size()).mapToLong((i) -> this.minute.time(i) - MINUTE).toArray())
            .containsExactly(0, 10, 20, 30);
        Candle candle = Objects.requireNonNull(this.minute.fold(PriceBasis.BID, false));
        assertThat(candle.open()).isEqualTo(price("1.05"));
        assertThat(candle.high()).isEqualTo(price("9"));
        assertThat(candle.close()).isEqualTo(price("1.3"));
    }

    @Test
    void keepsAnEqualTickOnce() {
        TickBatch ticks = batch().add(MINUTE, 0, 5, 6, 7, new BigDecimal("1.50"), 2).build();
        assertThat(this.minute.add(ticks, 0)).isTrue();

        assertThat(this.minute.add(ticks, 0)).isFalse();
        assertThat(this.minute.add(batch().add(MINUTE, 0, 5, 6, 7, new BigDecimal("1.5"), 2).build(), 0)).isFalse();
        assertThat(this.minute.size()).isOne();
    }

    @Test
    void tellsTicksApartThatDifferInAnyOneValue() {
        add(batch().add(MINUTE, 0, 5, 6, 7, BigDecimal.ONE, 2)
            .add(MINUTE, 0, 4, 6, 7, BigDecimal.ONE, 2)
            .add(MINUTE, 0, 5, 7, 7, BigDecimal.ONE, 2)
            .add(MINUTE, 0, 5, 6, 0, BigDecimal.ONE, 2)
            .add(MINUTE, 0, 5, 6, 7, BigDecimal.TWO, 2)
            .add(MINUTE, 0, 5, 6, 7, BigDecimal.ONE, 0)
            .add(MINUTE, 1, 5, 6, 7, BigDecimal.ONE, 2)
            .add(MINUTE + 1, 0, 5, 6, 7, BigDecimal.ONE, 2));

        assertThat(this.minute.size()).isEqualTo(8);
    }

    @Test
    void putsTheSecondOfEqualTimeAndSeqBehindTheFirst() {
        add(batch().add(MINUTE, 1, 5, 6).add(MINUTE, 0, 3, 4).add(MINUTE, 0, 1, 2));

        assertThat(IntStream.range(0, 3).mapToLong(this.minute::bid).toArray()).containsExactly(3, 1, 5);
        assertThat(IntStream.range(0, 3).map(this.minute::seq).toArray()).containsExactly(0, 0, 1);
    }

    @Test
    void skipsTicksWithoutATradeWhereTheLastCounts() {
        add(batch().add(MINUTE, 0, price("1"), price("2")));
        assertThat(this.minute.fold(PriceBasis.LAST, false)).isNull();

        add(batch().add(MINUTE + 1, 0, price("1"), price("4"), price("3"), BigDecimal.ZERO, 0));

        Candle candle = Objects.requireNonNull(this.minute.fold(PriceBasis.LAST, false));
        assertThat(candle.open()).isEqualTo(price("3"));
        assertThat(candle.volume()).isEqualTo(BigDecimal.ONE);
        assertThat(candle.spread()).isEqualTo(Spread.ofPrice(price("3")));
    }

    @Test
    void foldsAgainByAnotherBasis() {
        add(batch().add(MINUTE, 0, price("1"), price("2")));

        assertThat(this.minute.fold(PriceBasis.BID, false)).extracting(Candle::close).isEqualTo(price("1"));
        assertThat(this.minute.fold(PriceBasis.MID, false)).extracting(Candle::close).isEqualTo(price("1.5"));
    }

    @Test
    void knowsWhatMayBeStoredAsOneMorePart() {
        add(batch().add(MINUTE + 10, 0, 1, 2).add(MINUTE + 20, 0, 1, 2));
        assertThat(this.minute.storedSize()).isZero();
        this.minute.markStored();

        add(batch().add(MINUTE + 40, 0, 1, 2).add(MINUTE + 30, 0, 1, 2));
        assertThat(this.minute.storedSize()).isEqualTo(2);
        assertThat(this.minute.appendedOnly()).isTrue();

        add(batch().add(MINUTE + 15, 0, 1, 2));
        assertThat(this.minute.appendedOnly()).isFalse();

        this.minute.markStored();
        assertThat(this.minute.storedSize()).isEqualTo(5);
        assertThat(this.minute.appendedOnly()).isTrue();
    }

    @Test
    void comesBackFromStoredTicksAsItWas() {
        TickBatch stored = batch().add(MINUTE + 1, 0, 7, 8)
            .add(MINUTE + 1, 0, 5, 6)
            .add(MINUTE + 2, 0, 3, 2, 1, BigDecimal.TEN, 4)
            .build();

        MinuteTickBuffer loaded = MinuteTickBuffer.ofStored(MINUTE, stored);

        assertThat(loaded.storedSize()).isEqualTo(3);
        assertThat(loaded.appendedOnly()).isTrue();
        assertThat(IntStream.range(0, 3).mapToLong(loaded::bid).toArray()).containsExactly(7, 5, 3);
        assertThat(loaded.last(2)).isOne();
        assertThat(loaded.volume(2)).isEqualByComparingTo("10");
        assertThat(loaded.flags(2)).isEqualTo(4);
        assertThat(loaded.crossed()).isOne();
        assertThat(loaded.add(stored, 1)).isFalse();
    }

    @Test
    void countsCrossedQuotesOnce() {
        TickBatch crossed = batch().add(MINUTE, 0, 6, 5).build();
        this.minute.add(crossed, 0);
        this.minute.add(crossed, 0);

        assertThat(this.minute.crossed()).isOne();
        assertThat(this.minute.fold(PriceBasis.BID, false)).extracting(Candle::spread).isEqualTo(Spread.ofPrice(-1));
    }

    @Test
    void takesTheLargestPricesWithoutOverflow() {
        add(batch().add(MINUTE, 0, 1, Prices.MAX).add(MINUTE + 1, 0, 1, Prices.MAX).add(MINUTE + 2, 0, 1, Prices.MAX));

        Candle candle = Objects.requireNonNull(this.minute.fold(PriceBasis.MID, false));

        assertThat(candle.open()).isEqualTo((Prices.MAX + 1) / 2 + 1);
        assertThat(candle.spread()).isEqualTo(Spread.ofPrice(Prices.MAX - 1));
    }

    @Test
    void refusesTicksOfAnotherMinute() {
        TickBatch ticks = batch().add(MINUTE - 1, 0, 1, 2).add(MINUTE + 60_000, 0, 1, 2).build();

        assertThatIllegalArgumentException().isThrownBy(() -> this.minute.add(ticks, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> this.minute.add(ticks, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MinuteTickBuffer(EURUSD, MINUTE + 1));
    }

    private void add(TickBatch.Builder builder) {
        TickBatch ticks = builder.build();
        for (int i = 0; i < ticks.size(); i++) {
            assertThat(this.minute.add(ticks, i)).isTrue();
        }
    }

    private static TickBatch.Builder batch() {
        return TickBatch.of(EURUSD, PriceBasis.MID, MINUTE, 4);
    }

}
