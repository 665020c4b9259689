package pregao.market.option;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.market.chance.Stakes;
import pregao.market.pattern.Direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CycleTests {

    private static final BigDecimal PAYOUT = new BigDecimal("0.87");

    @ParameterizedTest
    @CsvSource({ "CALL, 100, 101, WIN, 8.70", "CALL, 100, 99, LOSS, -10.00", "CALL, 100, 100, EQUAL, 0.00",
            "PUT, 100, 99, WIN, 8.70", "PUT, 100, 101, LOSS, -10.00", "PUT, 100, 100, EQUAL, 0.00" })
    void settlesByThePriceBesideTheStrike(Direction direction, long strike, long close, Settlement.Result result,
            BigDecimal profit) {
        assertThat(Settlement.of(direction, strike, close, BigDecimal.TEN, PAYOUT, 2))
            .isEqualTo(new Settlement(result, profit));
    }

    /** Stakes go down to the currency, profits half-even. */
    @Test
    void roundsAsMoneyIsRounded() {
        assertThat(Settlement.of(Direction.CALL, 1, 2, new BigDecimal("1.50"), PAYOUT, 2).profit())
            .isEqualByComparingTo("1.30"); // of 1.305
        Cycle cycle = Cycle.begin(new BigDecimal("1.11"), Stakes.growing(PAYOUT, new BigDecimal("2.149"), 2).levels(),
                2, Equals.STOP);
        assertThat(cycle.stakes()).containsExactly(new BigDecimal("1.11"), new BigDecimal("2.38"),
                new BigDecimal("5.12"));
    }

    @Test
    void goesOnUntilAnEntryWins() {
        Cycle lost = begin(Equals.STOP).settled(loss("10"));
        assertThat(lost.state()).isEqualTo(Cycle.State.OPEN);
        assertThat(lost.stake()).isEqualByComparingTo("20");
        assertThat(lost.risk()).isEqualByComparingTo("60");
        Cycle won = lost.settled(new Settlement(Settlement.Result.WIN, new BigDecimal("17.40")));
        assertThat(won.state()).isEqualTo(Cycle.State.WON);
        assertThat(won.profit()).isEqualByComparingTo("7.40");
        assertThat(won.level()).isOne();
        assertThatIllegalStateException().isThrownBy(() -> won.settled(loss("40")));
    }

    @Test
    void isLostWithItsLastEntry() {
        Cycle cycle = begin(Equals.STOP);
        assertThat(cycle.risk()).isEqualByComparingTo("70");
        Cycle over = cycle.settled(loss("10")).settled(loss("20")).settled(loss("40"));
        assertThat(over.state()).isEqualTo(Cycle.State.LOST);
        assertThat(over.profit()).isEqualByComparingTo("-70");
        assertThat(over.risk()).isZero();
    }

    /**
     * A stake of 4 that came back is put in again where 1 was meant, and then 1 follows.
     */
    @Test
    void risksAStakeThatIsRepeatedAndAllThatFollow() {
        Cycle cycle = Cycle.begin(BigDecimal.ONE, List.of(new BigDecimal(4), BigDecimal.ONE, BigDecimal.ONE), 0,
                Equals.SAME_STAKE);
        assertThat(cycle.risk()).isEqualByComparingTo("6");
        Cycle again = cycle.settled(new Settlement(Settlement.Result.EQUAL, BigDecimal.ZERO));
        assertThat(again.stake()).isEqualByComparingTo("4");
        assertThat(again.risk()).isEqualByComparingTo("5");
    }

    @ParameterizedTest
    @CsvSource({ "SAME_STAKE, OPEN, 10", "STOP, EVEN, 10", "AS_LOST, OPEN, 20" })
    void doesAfterAStakeThatCameBackAsItIsTold(Equals equals, Cycle.State state, BigDecimal stake) {
        Cycle cycle = begin(equals).settled(new Settlement(Settlement.Result.EQUAL, BigDecimal.ZERO));
        assertThat(cycle.state()).isEqualTo(state);
        assertThat(cycle.stake()).isEqualByComparingTo(stake);
        assertThat(cycle.profit()).isZero();
    }

    private static Cycle begin(Equals equals) {
        return Cycle.begin(BigDecimal.TEN, List.of(BigDecimal.ONE, BigDecimal.TWO, new BigDecimal(4)), 2, equals);
    }

    private static Settlement loss(String stake) {
        return new Settlement(Settlement.Result.LOSS, new BigDecimal(stake).negate());
    }

}
