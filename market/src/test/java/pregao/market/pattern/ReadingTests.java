package pregao.market.pattern;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReadingTests {

    private static final long HOURS_LATER = Drawn.TEN + 7_200_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "GGRRR|GDD, CALL, WIN, 0", "GGRRR|RG., CALL, WIN, 1", "GGRRR|DRG, CALL, WIN, 2",
            "GGGRR|GDG, PUT, LOSS, 3", "GGGGG|R.., PUT, WIN, 0", "GDRRR|GGG, , NULL, 0", "GGRR|, , SKIPPED_GAP, 0",
            "GG.RR|GGG, , SKIPPED_GAP, 0", "RRRRG|R.G, CALL, VOID, 1" })
    void readsTheFiveCandleMinority(String letters, @Nullable Direction direction, Outcome outcome, int level) {
        assertThat(new Reading(Patterns.MINORITY, 2).read(Drawn.minutes(letters), Drawn.TEN, HOURS_LATER))
            .isEqualTo(new BlockResult(Drawn.TEN, outcome, direction, level));
    }

    @Test
    void waitsTwoMinutesForACandleOfTheEntries() {
        Reading reading = new Reading(Patterns.MINORITY, 2);
        long end = Drawn.TEN + 7 * 60_000;
        assertThat(reading.read(Drawn.minutes("RRRRG|R"), Drawn.TEN, end + 119_999))
            .isEqualTo(new BlockResult(Drawn.TEN, Outcome.PENDING, Direction.CALL, 1));
        assertThat(reading.read(Drawn.minutes("RRRRG|R"), Drawn.TEN, end + 120_000).outcome()).isEqualTo(Outcome.VOID);
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
        Reading reading = new Reading(Patterns.named(name).orElseThrow(), 2);
        assertThat(reading.read(Drawn.minutes(letters), Drawn.TEN, HOURS_LATER))
            .isEqualTo(new BlockResult(Drawn.TEN, Outcome.WIN, direction, level));
    }

    @Test
    void readsHalfHoursOfFiveMinuteCandles() {
        Reading reading = new Reading(Patterns.named("MHI M5").orElseThrow(), 2);
        assertThat(reading.read(Drawn.of(Timeframe.M5, "GGGRRG|G"), Drawn.TEN, HOURS_LATER))
            .isEqualTo(new BlockResult(Drawn.TEN, Outcome.WIN, Direction.CALL, 0));
    }

    @Test
    void hasNoSideWhereColoursDoNotRepeatOrAreLeftOutWhereAllAreEqual() {
        Reading tripled = new Reading(Patterns.named("Triplicação").orElseThrow(), 0);
        assertThat(tripled.read(Drawn.minutes("GRGRR"), Drawn.TEN, HOURS_LATER).outcome()).isEqualTo(Outcome.NO_SIDE);
        Pattern cautious = new Pattern("mine", Timeframe.M1, 5, List.of(0, 1, 2, 3, 4), Choice.MINORITY, 0, false,
                Gales.SAME, false);
        assertThat(new Reading(cautious, 0).read(Drawn.minutes("GGGGG|R"), Drawn.TEN, HOURS_LATER).outcome())
            .isEqualTo(Outcome.NO_SIDE);
    }

    @Test
    void saysTheSideAsSoonAsWhatIsLookedAtIsThere() {
        Reading reading = new Reading(Patterns.MINORITY, 2);
        assertThat(reading.side(Drawn.minutes("GGRRR"), Drawn.TEN)).isEqualTo(Direction.CALL);
        assertThat(reading.side(Drawn.minutes("GGRR"), Drawn.TEN)).isNull();
        assertThat(reading.side(Drawn.minutes("GDRRR"), Drawn.TEN)).isNull();
    }

    @Test
    void knowsWhatChanceWouldDo() {
        Colours colours = Drawn.minutes("GGRRR|GGG");
        assertThat(new Reading(Patterns.MINORITY, 2).chance(colours, Drawn.TEN, 0.5, 0.5)).isEqualTo(0.875);
        assertThat(new Reading(Patterns.MINORITY, 1).chance(colours, Drawn.TEN, 0.6, 0.3)).isCloseTo(1 - 0.4 * 0.4,
                org.assertj.core.data.Offset.offset(1e-15));
        // Green loses to red, then is red; or to a doji, and is green again.
        Reading following = new Reading(Patterns.named("C3 última vela").orElseThrow(), 1);
        assertThat(following.chance(Drawn.minutes("RRRRG|RR"), Drawn.TEN, 0.6, 0.3))
            .isCloseTo(0.6 + 0.3 * 0.3 + 0.1 * 0.6, org.assertj.core.data.Offset.offset(1e-15));
    }

    @Test
    void refusesPatternsThatLookAtWhatIsNotThereYet() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Pattern("x", Timeframe.M1, 5, List.of(2), Choice.REPEAT, 2, true, Gales.SAME, true))
            .withMessageContaining("entry must be behind what is looked at");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Pattern("x", Timeframe.M1, 7, List.of(2), Choice.REPEAT, 2, false, Gales.SAME, true))
            .withMessageContaining("block");
        assertThatIllegalArgumentException().isThrownBy(
                () -> new Pattern("x", Timeframe.M1, 5, List.of(3, 2), Choice.REPEAT, 2, false, Gales.SAME, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reading(Patterns.MINORITY, 6));
    }

}
