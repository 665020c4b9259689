package pregao.market.spot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.market.rule.Strategy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatedOrderExecutor}.
 */
class SimulatedOrderExecutorTests {

    private final List<Trade> trades = new ArrayList<>();

    /** Half of the spread is 0.5, and the cap one percent of the decision at 100. */
    @ParameterizedTest
    @CsvSource({ "true, 100, true", "true, 100.5, true", "true, 100.50000001, false", "true, 50, true",
            "false, 99.5, true", "false, 99.49999999, false", "false, 150, true" })
    void anEntryIsFilledWithinItsCapOrNotAtAll(boolean isLong, BigDecimal price, boolean filled) {
        assertThat(opened(isLong, price, 100) != null).isEqualTo(filled);
    }

    @Test
    void withoutAPriceOfTheDecisionThereIsNoLimit() {
        assertThat(opened(true, new BigDecimal("150"), 0)).isNotNull();
    }

    @Test
    void aStopIsExecutedHoweverBadThePriceIs() {
        Position held = Objects.requireNonNull(opened(true, new BigDecimal("100"), 100));
        fills().close(held, 1, new ExitDecision(ExitDecision.Reason.STOP, 10 * Prices.ONE, false));
        assertThat(this.trades).singleElement()
            .satisfies((trade) -> assertThat(trade.exit()).isEqualTo(Prices.of(new BigDecimal("9.5"))));
    }

    private @Nullable Position opened(boolean isLong, BigDecimal price, long decided) {
        return fills().open(isLong, 0, Prices.of(price), decided * Prices.ONE);
    }

    private SimulatedOrderExecutor fills() {
        return new SimulatedOrderExecutor(Strategy.rsi(Timeframe.M1), 1_000 * Prices.ONE,
                TransactionCosts.of(BigDecimal.ZERO, BigDecimal.ONE, BigDecimal.ZERO), this.trades::add);
    }

}
