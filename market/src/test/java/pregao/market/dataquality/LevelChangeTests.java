package pregao.market.dataquality;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LevelChangeTests {

    @Test
    void needsTwentyConsecutiveItems() {
        long[] prices = levels(30, 2447, 19, 125);

        assertThat(LevelChange.of(prices, prices, 48)).isNull();
        assertThat(LevelChange.of(prices, prices, 30)).isNull();

        long[] one = levels(30, 2447, 20, 125);
        assertThat(LevelChange.of(one, one, 49)).isEqualTo(new LevelChange(30, 50));
        assertThat(LevelChange.of(one, one, 30)).isEqualTo(new LevelChange(30, 50));
        assertThat(LevelChange.of(one, one, 29)).isEqualTo(new LevelChange(10, 30));
    }

    @Test
    void isBrokenByOneItemThatIsOff() {
        long[] prices = levels(19, 125, 1, 2447, 19, 125);

        assertThat(IntStream.range(0, prices.length).mapToObj((i) -> LevelChange.of(prices, prices, i)))
            .containsOnlyNulls();
    }

    @Test
    void allowsTenTimesAndNotMore() {
        long[] prices = levels(19, 100, 1, 1000);

        assertThat(LevelChange.of(prices, prices, 0)).isNotNull();
        prices[19]++;
        assertThat(LevelChange.of(prices, prices, 0)).isNull();
    }

    @Test
    void looksAtHighsAndLows() {
        long[] lows = levels(20, 100);
        long[] highs = levels(20, 1000);

        assertThat(LevelChange.of(lows, highs, 7)).isEqualTo(new LevelChange(0, 20));
        lows[3] = 99;
        assertThat(LevelChange.of(lows, highs, 7)).isNull();
    }

    @Test
    void hasTwentyItemsAtLeast() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LevelChange(0, 19));
    }

    @Property(tries = 500)
    void isWhatAllWindowsOfTwentySay(@ForAll("prices") long[] prices) {
        for (int index = 0; index < prices.length; index++) {
            int at = index;
            boolean[] inSome = new boolean[prices.length];
            for (int start = Math.max(0, at - 19); start <= Math.min(at, prices.length - 20); start++) {
                LongStream twenty = LongStream.of(prices).skip(start).limit(20);
                var range = twenty.summaryStatistics();
                if (range.getMax() <= 10 * range.getMin()) {
                    java.util.Arrays.fill(inSome, start, start + 20, true);
                }
            }
            LevelChange level = LevelChange.of(prices, prices, at);
            for (int i = 0; i < prices.length; i++) {
                assertThat(level != null && level.contains(i)).as("%d of the level of %d", i, at).isEqualTo(inSome[i]);
            }
        }
    }

    @Provide
    Arbitrary<long[]> prices() {
        Arbitrary<long[]> levels = Arbitraries.integers().between(1, 30).list().ofSize(6).map((sizes) -> {
            long[] prices = new long[0];
            for (int i = 0; i < sizes.size(); i++) {
                long level = (i % 2 == 0) ? 1_000 : 50_000;
                prices = LongStream.concat(LongStream.of(prices), LongStream.generate(() -> level).limit(sizes.get(i)))
                    .toArray();
            }
            return prices;
        });
        Arbitrary<long[]> noise = Arbitraries.longs().between(500, 9_000).array(long[].class).ofMaxSize(80);
        return Arbitraries.frequencyOf(Tuple.of(1, levels), Tuple.of(1, noise));
    }

    private static long[] levels(int... sizesAndPrices) {
        LongStream prices = LongStream.empty();
        for (int i = 0; i < sizesAndPrices.length; i += 2) {
            long price = sizesAndPrices[i + 1];
            prices = LongStream.concat(prices, LongStream.generate(() -> price).limit(sizesAndPrices[i]));
        }
        return prices.toArray();
    }

}
