package pregao.market.pattern;

import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;

class PatternEvaluatorPropertyTests {

    private static final long LATER_RETRY_DELAY = CandleColorNotation.TEN * 2;

    @Property(tries = 10_000)
    void readsEveryBlockOfRandomSeriesLikeTheNaiveWay(@ForAll Random random, @ForAll @IntRange(max = 5) int gales) {
        Pattern pattern = (random.nextInt(3) > 0) ? PatternPresets.ALL.get(random.nextInt(PatternPresets.ALL.size()))
                : anyPattern(random);
        String letters = CandleColorNotation.random(random, 60 + random.nextInt(60), 0.1, 0.05);
        CandleColors colours = CandleColorNotation.of(pattern.timeframe(), letters);
        PatternEvaluator reading = new PatternEvaluator(pattern, gales);
        for (int block = 0; block + pattern.block() <= letters.length(); block += pattern.block()) {
            PatternResult result = reading.read(colours, CandleColorNotation.TEN + block * pattern.timeframe().millis(),
                    LATER_RETRY_DELAY);
            assertThat(text(result)).as("%s in %s at %d", pattern, letters, block)
                .isEqualTo(NaivePatternEvaluator.read(pattern, letters, block, gales));
        }
    }

    private static String text(PatternResult result) {
        return (result.direction() == null) ? result.outcome().name()
                : result.outcome() + " " + result.direction() + " " + result.level();
    }

    private static Pattern anyPattern(Random random) {
        int block = List.of(2, 3, 4, 6, 8, 12).get(random.nextInt(6));
        List<Integer> look = random.ints(1 + random.nextInt(block), 0, block).distinct().sorted().boxed().toList();
        boolean same = look.getLast() < block - 1 && random.nextBoolean();
        int entry = same ? look.getLast() + 1 + random.nextInt(block - 1 - look.getLast()) : random.nextInt(block);
        MartingaleSide gales = (look.size() == 1) ? List.of(MartingaleSide.values()).get(random.nextInt(3))
                : List.of(MartingaleSide.values()).get(random.nextInt(2));
        return new Pattern("any", random.nextBoolean() ? Timeframe.M1 : Timeframe.M5, block, look,
                List.of(SidePolicy.values()).get(random.nextInt(4)), entry, same, gales, random.nextBoolean());
    }

}
