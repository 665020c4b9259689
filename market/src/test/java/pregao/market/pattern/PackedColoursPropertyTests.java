package pregao.market.pattern;

import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The packed form of {@link CandleColors} holds all there is.
 */
class PackedColoursPropertyTests {

    @Property(tries = 200)
    void comeBackAsTheyWere(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int length) {
        String letters = CandleColorNotation.random(new Random(seed), length, 0.2, 0.2);
        CandleColors colours = CandleColorNotation.minutes(letters);
        CandleColors back = CandleColors.unpacked(Timeframe.M1, colours.from(), colours.places(), colours.packed());
        assertThat(back.to()).isEqualTo(colours.to());
        StringBuilder read = new StringBuilder();
        for (long time = back.from(); time < back.to(); time += 60_000) {
            read.append(".GRD".charAt(back.colour(time)));
        }
        assertThat(read.toString()).isEqualTo(letters.replaceAll("\\.+$", ""));
    }

    @Property(tries = 50)
    void areNotReadWhereTheLengthIsWrong(@ForAll @IntRange(min = 0, max = 50) int places) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> CandleColors.unpacked(Timeframe.M1, 0, places, new byte[(places + 3) / 4 + 1]));
    }

}
