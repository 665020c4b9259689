package pregao.market.catalog;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.pattern.CandleColorNotation;
import pregao.market.pattern.CandleColors;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternOutcome;
import pregao.market.pattern.PatternPresets;
import pregao.market.statistics.StakeProgression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class CatalogTests {

    private static final Instrument EURUSD = new Instrument("polarium", "EURUSD-OTC");

    private static final BigDecimal PAYOUT = new BigDecimal("0.87");

    private static final CatalogConfig SETTINGS = CatalogConfig.of(PatternPresets.MINORITY, PAYOUT);

    private static final long LATER_RETRY_DELAY = CandleColorNotation.TEN + 86_400_000;

    @Test
    void countsWhatCameOfEachBlock() {
        // Direct; second gale; lost; null; a gap; then what the last one looks at.
        CandleColors colours = CandleColorNotation.minutes("GGRRR|GGGRR|GDGGR|GRGRD|GGG.G|RRRRG");
        CatalogResult result = new Catalog(SETTINGS).read(EURUSD, colours, LATER_RETRY_DELAY);
        assertThat(result.blocks()).extracting("outcome")
            .containsExactly(PatternOutcome.WIN, PatternOutcome.LOSS, PatternOutcome.NULL, PatternOutcome.NULL,
                    PatternOutcome.SKIPPED_GAP, PatternOutcome.VOID);
        assertThat(result.tally()).isEqualTo(new OutcomeCounts(List.of(1, 0, 0), 1, 1, 0, 2, 1, 1, 0));
        assertThat(result.tally().rate()).isEqualTo(0.5);
        assertThat(result.tally().blocks()).isEqualTo(6);
        assertThat(result.numbers().tally()).isEqualTo(result.tally());
        assertThat(result.evidence().expected()).isCloseTo((0.87 - 7) / 2, within(1e-12));
        assertThat(result.evidence().ruin()).isOne();
        assertThat(result.evidence().breakEven()).isCloseTo(0.89929, within(1e-5));
    }

    @Test
    void measuresChanceByTheColoursOfTheInstrument() {
        CandleColors colours = CandleColorNotation.minutes("GGRRR|GGGGG|RRR");
        CatalogResult result = new Catalog(SETTINGS).read(EURUSD, colours, LATER_RETRY_DELAY);
        // One cycle on green of seven greens and six reds, one on red.
        double green = 1 - Math.pow(6 / 13.0, 3);
        double red = 1 - Math.pow(7 / 13.0, 3);
        assertThat(result.tally().calls()).isOne();
        assertThat(result.evidence().chance()).isCloseTo((green + red) / 2, within(1e-12));
        assertThat(result.evidence().levels().get(0)).as("one entry")
            .isCloseTo((7 / 13.0 + 6 / 13.0) / 2, within(1e-12));
        assertThat(result.evidence().levels()).hasSize(3).last().isEqualTo(result.evidence().chance());
        assertThat(result.evidence().pValue()).isCloseTo(Math.pow((green + red) / 2, 2), within(1e-12));
    }

    @Test
    void looksAtTheLastBlocksAndPassesOverClosedMarkets() {
        String week = "GGRRR".repeat(30) + ".".repeat(600) + "GGRRR".repeat(10);
        CatalogConfig twenty = new CatalogConfig(PatternPresets.MINORITY, 2, 20, null, SETTINGS.stakes(),
                BigDecimal.TEN);
        CatalogResult result = new Catalog(twenty).read(EURUSD, CandleColorNotation.minutes(week),
                LATER_RETRY_DELAY * 2);
        assertThat(result.blocks()).hasSize(20).isSortedAccordingTo((a, b) -> Long.compare(a.start(), b.start()));
        assertThat(result.blocks().get(9).start()).isEqualTo(CandleColorNotation.TEN + 29 * 5 * 60_000);
        assertThat(result.blocks().get(10).start()).isEqualTo(CandleColorNotation.TEN + (150 + 600) * 60_000);
        assertThat(result.tally().voids()).as("before the closing, and the last").isEqualTo(2);
    }

    @Test
    void looksOnlyAtTheHoursThatCount() {
        HourFilter eleven = new HourFilter(ZoneOffset.ofHours(-3), Set.of(8));
        CatalogConfig settings = new CatalogConfig(PatternPresets.MINORITY, 2, 100, eleven, SETTINGS.stakes(),
                BigDecimal.TEN);
        CatalogResult result = new Catalog(settings).read(EURUSD, CandleColorNotation.minutes("GGRRR".repeat(36)),
                LATER_RETRY_DELAY);
        assertThat(result.blocks()).hasSize(12)
            .allMatch((block) -> block.start() >= CandleColorNotation.TEN + 3_600_000
                    && block.start() < CandleColorNotation.TEN + 7_200_000);
    }

    @Test
    void doesNotLookAtABlockThatIsNotOver() {
        CandleColors colours = CandleColorNotation.minutes("GGRRR|GGR");
        assertThat(new Catalog(SETTINGS).read(EURUSD, colours, CandleColorNotation.TEN + 8 * 60_000).blocks())
            .hasSize(1);
        assertThat(new Catalog(SETTINGS).read(EURUSD, colours, CandleColorNotation.TEN + 299_999).blocks()).isEmpty();
    }

    @Test
    void saysNothingWithoutASample() {
        CatalogResult nothing = new Catalog(SETTINGS).read(EURUSD,
                CandleColors.of(Timeframe.M1, new long[0], new long[0], new long[0]), LATER_RETRY_DELAY);
        assertThat(nothing.blocks()).isEmpty();
        assertThat(nothing.evidence().sample()).isZero();
        assertThat(nothing.evidence().rate()).isNaN();
        assertThat(Ranking.of(List.of(nothing), Ranking.Criterion.RATE, 0, 5)).isEqualTo(new Ranking(List.of(), 0, 0));
    }

    @Test
    void refusesStakesThatDoNotFitTheGales() {
        StakeProgression two = StakeProgression.growing(PAYOUT, BigDecimal.TWO, 1);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new CatalogConfig(PatternPresets.MINORITY, 2, 100, null, two, BigDecimal.TEN))
            .withMessageContaining("stakes");
        assertThatIllegalArgumentException().isThrownBy(() -> new Catalog(SETTINGS).read(EURUSD,
                CandleColorNotation.of(Timeframe.M5, "GG"), LATER_RETRY_DELAY));
    }

    @Test
    void ranksByTheRateThenDirectWinsThenTheSymbol() {
        List<CatalogResult> results = List.of(result("B", "GGRRR|GGGGR|R"), result("A", "GGRRR|GGGGR|R"),
                result("C", "GGRRR|RGGRR|G"), result("D", "GGRRR|RRRRR|G"));
        Ranking ranking = Ranking.of(results, Ranking.Criterion.RATE, 1, 3);
        assertThat(ranking.best()).extracting((one) -> one.result().instrument().symbol())
            .containsExactly("A", "B", "C");
        assertThat(ranking.looked()).isEqualTo(4);
        assertThat(ranking.found()).isZero();
        assertThat(Ranking.of(results, Ranking.Criterion.RATE, 3, 3).best()).as("too small a sample").isEmpty();
    }

    /**
     * A market of fair coins: what the naive ranking praises, the corrected one does not
     * find.
     */
    @Test
    void findsNothingAmongCoinsInAtLeast95Of100Markets() {
        Pattern pattern = PatternPresets.MINORITY;
        CatalogConfig settings = CatalogConfig.of(pattern, PAYOUT);
        int calm = 0;
        int praised = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            List<CatalogResult> results = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                results.add(new Catalog(settings).read(new Instrument("coins", "COIN" + i),
                        CandleColorNotation.minutes(CandleColorNotation.random(random, 510, 0.02, 0)),
                        LATER_RETRY_DELAY));
            }
            Ranking ranking = Ranking.of(results, Ranking.Criterion.RATE, 30, 5);
            calm += (ranking.found() == 0) ? 1 : 0;
            praised += ranking.best().getFirst().result().evidence().rate() > 0.95 ? 1 : 0;
        }
        System.out.printf(
                "of 100 markets of 500 coins the corrected ranking finds nothing in %d, and the naive one has a best"
                        + " above 95 %% in %d%n",
                calm, praised);
        assertThat(calm).isGreaterThanOrEqualTo(95);
        assertThat(praised).isGreaterThan(90);
    }

    private static CatalogResult result(String symbol, String letters) {
        return new Catalog(SETTINGS).read(new Instrument("polarium", symbol), CandleColorNotation.minutes(letters),
                LATER_RETRY_DELAY);
    }

}
