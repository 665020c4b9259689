package pregao.market.pattern;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PatternEvaluatorTests {

    private static final long HOURS_LATER = CandleColorNotation.TEN + 7_200_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "GGRRR|GDD, CALL, WIN, 0", "GGRRR|RG., CALL, WIN, 1", "GGRRR|DRG, CALL, WIN, 2",
            "GGGRR|GDG, PUT, LOSS, 3", "GGGGG|R.., PUT, WIN, 0", "GDRRR|GGG, , NULL, 0", "GGRR|, , SKIPPED_GAP, 0",
            "GG.RR|GGG, , SKIPPED_GAP, 0", "RRRRG|R.G, CALL, VOID, 1" })
    void readsTheFiveCandleMinority(String letters, @Nullable Direction direction, PatternOutcome outcome, int level) {
        assertThat(new PatternEvaluator(PatternPresets.MINORITY, 2).read(CandleColorNotation.minutes(letters),
                CandleColorNotation.TEN, HOURS_LATER))
            .isEqualTo(new PatternResult(CandleColorNotation.TEN, outcome, direction, level));
    }

    @Test
    void waitsTwoMinutesForACandleOfTheEntries() {
        PatternEvaluator reading = new PatternEvaluator(PatternPresets.MINORITY, 2);
        long end = CandleColorNotation.TEN + 7 * 60_000;
        assertThat(reading.read(CandleColorNotation.minutes("RRRRG|R"), CandleColorNotation.TEN, end + 119_999))
            .isEqualTo(new PatternResult(CandleColorNotation.TEN, PatternOutcome.PENDING, Direction.CALL, 1));
        assertThat(
                reading.read(CandleColorNotation.minutes("RRRRG|R"), CandleColorNotation.TEN, end + 120_000).outcome())
            .isEqualTo(PatternOutcome.VOID);
    }

    /** Worked out by hand from the descriptions: what is looked at | what follows. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({ "MHI 1, RRGGR|GRR, PUT, 1", "MHI 2, RRGGR|GGR, PUT, 1", "MHI 3, RRRGR|RRRGG, CALL, 1",
            "MHI 1 Maioria, RRGGR|GRR, CALL, 0", "MHI 2 Maioria, RRGGR|RRG, CALL, 1",
            "MHI 3 Maioria, RRGGR|RRRG, CALL, 1", "Milhão Maioria, GGRRR|GRG, PUT, 1", "Padrão 23, GRRGG, CALL, 2",
            "Torres Gêmeas, RGGGG|GR, PUT, 2", "Três Mosqueteiros, GGRRG, PUT, 0", "Três Vizinhos, GGRGR|RG, CALL, 2",
            "Vituxo, GRGRR|RRRGG, CALL, 1", "D21, GRGRG|RGG, PUT, 0", "Padrão 3x1, GGRDD|GRG, PUT, 1",
            "Triplicação, GGGRR, CALL, 0", "Não Triplicação, GGGRR, PUT, 1", "Melhor de 3, RRGRG|RRGRR, CALL, 0",
            "C3 quadrante anterior, GRGRG|RRG, CALL, 1", "C3 última vela, RRRRG|RRG, CALL, 1" })
    void readsEachPatternThatTradersKnow(String name, String letters, Direction direction, int level) {
        PatternEvaluator reading = new PatternEvaluator(PatternPresets.named(name).orElseThrow(), 2);
        assertThat(reading.read(CandleColorNotation.minutes(letters), CandleColorNotation.TEN, HOURS_LATER))
            .isEqualTo(new PatternResult(CandleColorNotation.TEN, PatternOutcome.WIN, direction, level));
    }

    @Test
    void readsHalfHoursOfFiveMinuteCandles() {
        PatternEvaluator reading = new PatternEvaluator(PatternPresets.named("MHI M5").orElseThrow(), 2);
        assertThat(reading.read(CandleColorNotation.of(Timeframe.M5, "GGGRRG|G"), CandleColorNotation.TEN, HOURS_LATER))
            .isEqualTo(new PatternResult(CandleColorNotation.TEN, PatternOutcome.WIN, Direction.CALL, 0));
    }

    @Test
    void hasNoSideWhereColoursDoNotRepeatOrAreLeftOutWhereAllAreEqual() {
        PatternEvaluator tripled = new PatternEvaluator(PatternPresets.named("Triplicação").orElseThrow(), 0);
        assertThat(tripled.read(CandleColorNotation.minutes("GRGRR"), CandleColorNotation.TEN, HOURS_LATER).outcome())
            .isEqualTo(PatternOutcome.NO_SIDE);
        Pattern cautious = new Pattern("mine", Timeframe.M1, 5, List.of(0, 1, 2, 3, 4), SidePolicy.MINORITY, 0, false,
                MartingaleSide.SAME, false);
        assertThat(new PatternEvaluator(cautious, 0)
            .read(CandleColorNotation.minutes("GGGGG|R"), CandleColorNotation.TEN, HOURS_LATER)
            .outcome()).isEqualTo(PatternOutcome.NO_SIDE);
    }

    @Test
    void saysTheSideAsSoonAsWhatIsLookedAtIsThere() {
        PatternEvaluator reading = new PatternEvaluator(PatternPresets.MINORITY, 2);
        assertThat(reading.side(CandleColorNotation.minutes("GGRRR"), CandleColorNotation.TEN))
            .isEqualTo(Direction.CALL);
        assertThat(reading.side(CandleColorNotation.minutes("GGRR"), CandleColorNotation.TEN)).isNull();
        assertThat(reading.side(CandleColorNotation.minutes("GDRRR"), CandleColorNotation.TEN)).isNull();
    }

    @Test
    void knowsWhatChanceWouldDo() {
        CandleColors colours = CandleColorNotation.minutes("GGRRR|GGG");
        assertThat(new PatternEvaluator(PatternPresets.MINORITY, 2).chance(colours, CandleColorNotation.TEN, 0.5, 0.5))
            .isEqualTo(0.875);
        assertThat(new PatternEvaluator(PatternPresets.MINORITY, 1).chance(colours, CandleColorNotation.TEN, 0.6, 0.3))
            .isCloseTo(1 - 0.4 * 0.4, org.assertj.core.data.Offset.offset(1e-15));
        // Green loses to red, then is red; or to a doji, and is green again.
        PatternEvaluator following = new PatternEvaluator(PatternPresets.named("C3 última vela").orElseThrow(), 1);
        assertThat(following.chance(CandleColorNotation.minutes("RRRRG|RR"), CandleColorNotation.TEN, 0.6, 0.3))
            .isCloseTo(0.6 + 0.3 * 0.3 + 0.1 * 0.6, org.assertj.core.data.Offset.offset(1e-15));
    }

    @Test
    void refusesPatternsThatLookAtWhatIsNotThereYet() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Pattern("x", Timeframe.M1, 5, List.of(2), SidePolicy.REPEAT, 2, true,
                    MartingaleSide.SAME, true))
            .withMessageContaining("entry must be behind what is looked at");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Pattern("x", Timeframe.M1, 7, List.of(2), SidePolicy.REPEAT, 2, false,
                    MartingaleSide.SAME, true))
            .withMessageContaining("block");
        assertThatIllegalArgumentException().isThrownBy(() -> new Pattern("x", Timeframe.M1, 5, List.of(3, 2),
                SidePolicy.REPEAT, 2, false, MartingaleSide.SAME, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new PatternEvaluator(PatternPresets.MINORITY, 6));
    }

}
