package pregao.market.risk;

import java.math.BigDecimal;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BookTests {

    private static final long NOON = 1_700_000_000_000L;

    private static final long DAY = 86_400_000;

    private static final Limits LIMITS = new Limits(n(100), n(250), n(50), n(120), 2);

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
        Book book = Book.empty(n(1000));
        assertThat(book.refuses(LIMITS, position(100, 250, 2), NOON)).isNull();
        assertThat(book.refuses(LIMITS, position(101, 101, 0), NOON)).isEqualTo(Refusal.STAKE_LIMIT);
        assertThat(book.refuses(LIMITS, position(100, 251, 2), NOON)).isEqualTo(Refusal.EXPOSURE_LIMIT);
        assertThat(book.refuses(LIMITS, position(1, 1, 3), NOON)).isEqualTo(Refusal.GALE_LIMIT);
    }

    @Test
    void countsWhatIsOpenAlready() {
        Book book = Book.empty(n(1000)).opened(n(200));
        assertThat(book.refuses(LIMITS, position(50, 50, 0), NOON)).isNull();
        assertThat(book.refuses(LIMITS, position(51, 51, 0), NOON)).isEqualTo(Refusal.EXPOSURE_LIMIT);
        assertThat(book.released(n(200)).refuses(LIMITS, position(100, 100, 0), NOON)).isNull();
    }

    @Test
    void opensNothingMoreOnADayThatLostTooMuch() {
        Book book = Book.empty(null).earned(n(-50), NOON);
        assertThat(book.refuses(LIMITS, position(1, 1, 0), NOON)).isEqualTo(Refusal.DAILY_LOSS);
        assertThat(book.refuses(LIMITS, position(1, 1, 0), NOON + DAY)).as("the next day").isNull();
        Book next = book.earned(n(-49), NOON + DAY);
        assertThat(next.dayProfit()).isEqualByComparingTo(n(-49));
        assertThat(next.refuses(LIMITS, position(1, 1, 0), NOON + DAY)).isNull();
    }

    @Test
    void countsAnOlderDayAsTheCurrentOne() {
        Book book = Book.empty(null).earned(n(-50), NOON + DAY);
        assertThat(book.refuses(LIMITS, position(1, 1, 0), NOON)).isEqualTo(Refusal.DAILY_LOSS);
        Book more = Book.empty(null).earned(n(-30), NOON + DAY).earned(n(-20), NOON);
        assertThat(more.refuses(LIMITS, position(1, 1, 0), NOON + DAY)).isEqualTo(Refusal.DAILY_LOSS);
    }

    @Test
    void opensAgainOnceTheDrawdownIsReset() {
        Book fallen = Book.empty(null).earned(n(40), NOON).earned(n(-120), NOON + DAY);
        assertThat(fallen.fall()).isEqualByComparingTo(n(120));
        assertThat(fallen.refuses(LIMITS, position(1, 1, 0), NOON + 2 * DAY)).isEqualTo(Refusal.DRAWDOWN_STOP);
        Book reset = fallen.withDrawdownReset();
        assertThat(reset.fall()).isZero();
        assertThat(reset.profit()).isEqualByComparingTo(n(-80));
        assertThat(reset.refuses(LIMITS, position(1, 1, 0), NOON + 2 * DAY)).isNull();
    }

    @Test
    void opensNothingMoreAfterTooDeepAFall() {
        Book book = Book.empty(null).earned(n(40), NOON).earned(n(-49), NOON + DAY).earned(n(-49), NOON + 2 * DAY);
        assertThat(book.refuses(LIMITS, position(1, 1, 0), NOON + 3 * DAY)).as("98 of 120").isNull();
        assertThat(book.earned(n(-22), NOON + 3 * DAY).refuses(LIMITS, position(1, 1, 0), NOON + 4 * DAY))
            .isEqualTo(Refusal.DRAWDOWN_STOP);
    }

    @Test
    void putsNothingInThatIsNotThere() {
        Book book = Book.empty(n(150)).opened(n(100));
        assertThat(book.refuses(LIMITS, position(50, 50, 0), NOON)).isNull();
        assertThat(book.refuses(LIMITS, position(51, 51, 0), NOON)).isEqualTo(Refusal.BALANCE);
        assertThat(book.earned(n(10), NOON).balance()).isEqualByComparingTo(n(160));
    }

    @Test
    void checksTheWorstOfACycle() {
        Book book = Book.empty(null).earned(n(-10), NOON);
        assertThat(book.refuses(LIMITS, cycle(10, 30), NOON)).as("50 of 50").isNull();
        assertThat(book.refuses(LIMITS, cycle(10, 31), NOON)).isEqualTo(Refusal.DAILY_LOSS);
        assertThat(book.refuses(LIMITS, cycle(40, 1), NOON)).isEqualTo(Refusal.DAILY_LOSS);
        assertThat(book.refuses(LIMITS, cycle(10, 101), NOON)).isEqualTo(Refusal.STAKE_LIMIT);
        assertThat(book.refuses(LIMITS, cycle(1, 1, 1, 1), NOON)).isEqualTo(Refusal.GALE_LIMIT);
        Book fallen = book.earned(n(-40), NOON).earned(n(-40), NOON + DAY);
        assertThat(fallen.refuses(LIMITS, cycle(30), NOON + 2 * DAY)).as("120 of 120").isNull();
        assertThat(fallen.refuses(LIMITS, cycle(31), NOON + 2 * DAY)).isEqualTo(Refusal.DRAWDOWN_STOP);
    }

    @Test
    void countsWhatRunningCyclesMayLoseUntilItIsLost() {
        Book book = Book.empty(n(60)).reserved(n(30));
        assertThat(book.exposure()).isEqualByComparingTo(n(30));
        assertThat(book.refuses(LIMITS, cycle(21), NOON)).isEqualTo(Refusal.DAILY_LOSS);
        assertThat(book.refuses(LIMITS, position(30, 30, 0), NOON)).as("a stop is to end it before").isNull();
        Book lost = book.earned(n(-10), NOON).freed(n(10));
        assertThat(lost.refuses(LIMITS, cycle(21), NOON)).isEqualTo(Refusal.DAILY_LOSS);
        assertThat(lost.refuses(LIMITS, cycle(20), NOON)).isNull();
        assertThat(lost.refuses(LIMITS, position(30, 30, 0), NOON)).as("of 50, 20 are reserved").isNull();
        assertThat(lost.freed(n(20)).reserved()).isZero();
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(n(0), n(1), n(1), n(1), 0))
            .withMessageContaining("stake");
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(n(1), n(1), n(1), n(1), 6))
            .withMessageContaining("gales");
    }

}
