package pregao.market.risk;

import java.math.BigDecimal;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AccountRiskStateTests {

    private static final long NOON = 1_700_000_000_000L;

    private static final long DAY = 86_400_000;

    private static final RiskLimits LIMITS = new RiskLimits(n(100), n(250), n(50), n(120), 2);

    private static BigDecimal n(long number) {
        return BigDecimal.valueOf(number);
    }

    private static Reservation position(long stake, long amount, int gales) {
        return new Reservation(n(stake), n(amount), BigDecimal.ZERO, gales);
    }

    private static Reservation cycle(long... stakes) {
        return Reservation.ofCycle(Arrays.stream(stakes).mapToObj(BigDecimal::valueOf).toList());
    }

    @Test
    void allowsUpToEachLimit() {
        AccountRiskState book = AccountRiskState.empty(n(1000));
        assertThat(book.check(LIMITS, position(100, 250, 2), NOON)).isNull();
        assertThat(book.check(LIMITS, position(101, 101, 0), NOON)).isEqualTo(RiskRejectReason.STAKE_LIMIT);
        assertThat(book.check(LIMITS, position(100, 251, 2), NOON)).isEqualTo(RiskRejectReason.EXPOSURE_LIMIT);
        assertThat(book.check(LIMITS, position(1, 1, 3), NOON)).isEqualTo(RiskRejectReason.GALE_LIMIT);
    }

    @Test
    void countsWhatIsOpenAlready() {
        AccountRiskState book = AccountRiskState.empty(n(1000)).addExposure(n(200));
        assertThat(book.check(LIMITS, position(50, 50, 0), NOON)).isNull();
        assertThat(book.check(LIMITS, position(51, 51, 0), NOON)).isEqualTo(RiskRejectReason.EXPOSURE_LIMIT);
        assertThat(book.removeExposure(n(200)).check(LIMITS, position(100, 100, 0), NOON)).isNull();
    }

    @Test
    void opensNothingMoreOnADayThatLostTooMuch() {
        AccountRiskState book = AccountRiskState.empty(null).applyProfit(n(-50), NOON);
        assertThat(book.check(LIMITS, position(1, 1, 0), NOON)).isEqualTo(RiskRejectReason.DAILY_LOSS);
        assertThat(book.check(LIMITS, position(1, 1, 0), NOON + DAY)).as("the next day").isNull();
        AccountRiskState next = book.applyProfit(n(-49), NOON + DAY);
        assertThat(next.dayProfit()).isEqualByComparingTo(n(-49));
        assertThat(next.check(LIMITS, position(1, 1, 0), NOON + DAY)).isNull();
    }

    @Test
    void countsAnOlderDayAsTheCurrentOne() {
        AccountRiskState book = AccountRiskState.empty(null).applyProfit(n(-50), NOON + DAY);
        assertThat(book.check(LIMITS, position(1, 1, 0), NOON)).isEqualTo(RiskRejectReason.DAILY_LOSS);
        AccountRiskState more = AccountRiskState.empty(null).applyProfit(n(-30), NOON + DAY).applyProfit(n(-20), NOON);
        assertThat(more.check(LIMITS, position(1, 1, 0), NOON + DAY)).isEqualTo(RiskRejectReason.DAILY_LOSS);
    }

    @Test
    void opensAgainOnceTheDrawdownIsReset() {
        AccountRiskState fallen = AccountRiskState.empty(null)
            .applyProfit(n(40), NOON)
            .applyProfit(n(-120), NOON + DAY);
        assertThat(fallen.fall()).isEqualByComparingTo(n(120));
        assertThat(fallen.check(LIMITS, position(1, 1, 0), NOON + 2 * DAY)).isEqualTo(RiskRejectReason.DRAWDOWN_STOP);
        AccountRiskState reset = fallen.withDrawdownReset();
        assertThat(reset.fall()).isZero();
        assertThat(reset.profit()).isEqualByComparingTo(n(-80));
        assertThat(reset.check(LIMITS, position(1, 1, 0), NOON + 2 * DAY)).isNull();
    }

    @Test
    void opensNothingMoreAfterTooDeepAFall() {
        AccountRiskState book = AccountRiskState.empty(null)
            .applyProfit(n(40), NOON)
            .applyProfit(n(-49), NOON + DAY)
            .applyProfit(n(-49), NOON + 2 * DAY);
        assertThat(book.check(LIMITS, position(1, 1, 0), NOON + 3 * DAY)).as("98 of 120").isNull();
        assertThat(book.applyProfit(n(-22), NOON + 3 * DAY).check(LIMITS, position(1, 1, 0), NOON + 4 * DAY))
            .isEqualTo(RiskRejectReason.DRAWDOWN_STOP);
    }

    @Test
    void putsNothingInThatIsNotThere() {
        AccountRiskState book = AccountRiskState.empty(n(150)).addExposure(n(100));
        assertThat(book.check(LIMITS, position(50, 50, 0), NOON)).isNull();
        assertThat(book.check(LIMITS, position(51, 51, 0), NOON)).isEqualTo(RiskRejectReason.BALANCE);
        assertThat(book.applyProfit(n(10), NOON).balance()).isEqualByComparingTo(n(160));
    }

    @Test
    void checksTheWorstOfACycle() {
        AccountRiskState book = AccountRiskState.empty(null).applyProfit(n(-10), NOON);
        assertThat(book.check(LIMITS, cycle(10, 30), NOON)).as("50 of 50").isNull();
        assertThat(book.check(LIMITS, cycle(10, 31), NOON)).isEqualTo(RiskRejectReason.DAILY_LOSS);
        assertThat(book.check(LIMITS, cycle(40, 1), NOON)).isEqualTo(RiskRejectReason.DAILY_LOSS);
        assertThat(book.check(LIMITS, cycle(10, 101), NOON)).isEqualTo(RiskRejectReason.STAKE_LIMIT);
        assertThat(book.check(LIMITS, cycle(1, 1, 1, 1), NOON)).isEqualTo(RiskRejectReason.GALE_LIMIT);
        AccountRiskState fallen = book.applyProfit(n(-40), NOON).applyProfit(n(-40), NOON + DAY);
        assertThat(fallen.check(LIMITS, cycle(30), NOON + 2 * DAY)).as("120 of 120").isNull();
        assertThat(fallen.check(LIMITS, cycle(31), NOON + 2 * DAY)).isEqualTo(RiskRejectReason.DRAWDOWN_STOP);
    }

    @Test
    void countsWhatRunningCyclesMayLoseUntilItIsLost() {
        AccountRiskState book = AccountRiskState.empty(n(60)).reserve(n(30));
        assertThat(book.exposure()).isEqualByComparingTo(n(30));
        assertThat(book.check(LIMITS, cycle(21), NOON)).isEqualTo(RiskRejectReason.DAILY_LOSS);
        assertThat(book.check(LIMITS, position(30, 30, 0), NOON)).as("a stop is to end it before").isNull();
        AccountRiskState lost = book.applyProfit(n(-10), NOON).release(n(10));
        assertThat(lost.check(LIMITS, cycle(21), NOON)).isEqualTo(RiskRejectReason.DAILY_LOSS);
        assertThat(lost.check(LIMITS, cycle(20), NOON)).isNull();
        assertThat(lost.check(LIMITS, position(30, 30, 0), NOON)).as("of 50, 20 are reserved").isNull();
        assertThat(lost.release(n(20)).reserve()).isZero();
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RiskLimits(n(0), n(1), n(1), n(1), 0))
            .withMessageContaining("stake");
        assertThatIllegalArgumentException().isThrownBy(() -> new RiskLimits(n(1), n(1), n(1), n(1), 6))
            .withMessageContaining("gales");
    }

}
