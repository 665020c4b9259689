package pregao.market.indicator;

import java.util.Random;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import pregao.contracts.indicator.IndicatorConvention;

import static org.assertj.core.api.Assertions.assertThat;

class IndicatorSetPropertyTests {

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void agreeWithTheirDefinitions(@ForAll long seed) {
        Series series = Series.random(seed);
        for (IndicatorConvention convention : IndicatorConvention.values()) {
            NumericAssertions.check(convention, series);
        }
    }

    @Property(tries = 1_000)
    void copiesGoOnLikeTheirOriginals(@ForAll long seed, @ForAll IndicatorConvention convention) {
        Series series = Series.random(seed);
        int at = new Random(seed).nextInt(series.size());
        IndicatorSet original = new IndicatorSet(convention);
        IndicatorSet copy = new IndicatorSet(convention);
        Series other = Series.random(seed + 1);
        for (int i = 0; i < other.size(); i++) {
            other.addTo(copy, i);
        }
        for (int i = 0; i < at; i++) {
            series.addTo(original, i);
        }

        copy.copyFrom(original);

        assertThat(copy.values()).isEqualTo(original.values());
        for (int i = at; i < series.size(); i++) {
            series.addTo(copy, i);
        }
        assertThat(original.count()).isEqualTo(at);
        for (int i = at; i < series.size(); i++) {
            series.addTo(original, i);
        }
        assertThat(copy.values()).isEqualTo(original.values());
        assertThat(copy.count()).isEqualTo(original.count());
    }

}
