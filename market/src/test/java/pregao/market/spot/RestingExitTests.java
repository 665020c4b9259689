package pregao.market.spot;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Prices;
import pregao.market.rule.Signal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestingExit}: bought at 100, stop at 97, take at 102, cap one percent.
 */
class RestingExitTests {

    private static final Position HELD = Position.filled(true, 0, 100 * Prices.ONE, 10 * Prices.ONE, 1_000,
            Prices.of(new BigDecimal("0.03")), Prices.of(new BigDecimal("0.02")));

    private final RestingExit asked = RestingExit.of(new UUID(1, 1), HELD, TransactionCosts.NONE);

    @Test
    void hasTheLevelsOfWhatIsHeldAndALimitOfTheCapBelowTheStop() {
        assertThat(this.asked.stop()).isEqualTo(97 * Prices.ONE);
        assertThat(this.asked.limit()).isEqualTo(Prices.of(new BigDecimal("96.03")));
        assertThat(this.asked.take()).isEqualTo(102 * Prices.ONE);
    }

    @Test
    void theTraderEnforcesTheLevelsUntilTheExchangeHasThem() {
        assertThat(this.asked.watched(HELD)).isEqualTo(HELD);
    }

    @ParameterizedTest
    @CsvSource({ "97, false", "96.5, false", "96.03, false", "96.02999999, true", "50, true", "102, false",
            "150, false" })
    void onceItLiesThereTheTraderSellsOnlyPastItsLimit(BigDecimal price, boolean sells) {
        Position watched = this.asked.confirm().watched(HELD);
        long at = Prices.of(price);
        assertThat(watched.judge(at, at, at) != null).isEqualTo(sells);
        assertThat(this.asked.confirm().own(watched)).as("the levels are not forgotten").isEqualTo(HELD);
    }

    @ParameterizedTest
    @CsvSource({ "102, TAKE", "103, TAKE", "97, STOP", "96.03, STOP" })
    void saysWhyItHasSold(BigDecimal price, ExitDecision.Reason reason) {
        assertThat(this.asked.reason(Prices.of(price))).isEqualTo(reason);
    }

    @Test
    void isWantedForWhatIsHeldAndNotToBeClosed() {
        assertThat(wanted(null, HELD, false, null)).isTrue();
        assertThat(wanted(this.asked, HELD, false, null)).as("one lies there").isFalse();
        assertThat(wanted(null, null, false, null)).as("nothing is held").isFalse();
        assertThat(wanted(null, HELD, true, null)).as("it is being sold").isFalse();
        assertThat(wanted(null, HELD, false, ExitDecision.Reason.OPPOSITE)).as("it is to be sold").isFalse();
    }

    private static boolean wanted(@Nullable RestingExit now, @Nullable Position held, boolean awaiting,
            ExitDecision.@Nullable Reason closing) {
        return RestingExit.isWanted(now, new SpotStrategyRunner.Snapshot(Signal.HOLD, held, awaiting, closing));
    }

}
