package pregao.market.math;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;

import pregao.contracts.Prices;

import static org.assertj.core.api.Assertions.assertThat;

class Int128SumPropertyTests {

    @Property
    void neverOverflows(@ForAll @NotEmpty List<@LongRange(min = -Prices.MAX, max = Prices.MAX) Long> values) {
        Int128Sum sum = new Int128Sum();
        values.forEach(sum::add);

        BigDecimal exact = values.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum.count()).isEqualTo(values.size());
        assertThat(sum.mean())
            .isEqualTo(exact.divide(BigDecimal.valueOf(values.size()), 0, RoundingMode.HALF_UP).longValueExact());
    }

}
