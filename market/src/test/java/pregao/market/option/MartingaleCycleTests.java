package pregao.market.option;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.market.pattern.Direction;
import pregao.market.statistics.StakeProgression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MartingaleCycleTests {

    private static final BigDecimal PAYOUT = new BigDecimal("0.87");

    @ParameterizedTest
    @CsvSource({ "CALL, 100, 101, WIN, 8.70", "CALL, 100, 99, LOSS, -10.00", "CALL, 100, 100, EQUAL, 0.00",
            "PUT, 100, 99, WIN, 8.70", "PUT, 100, 101, LOSS, -10.00", "PUT, 100, 100, EQUAL, 0.00" })
    void settlesByThePriceBesideTheStrike(Direction direction, long strike, long close, OptionSettlement.Result result,
            BigDecimal profit) {
        assertThat(OptionSettlement.of(direction, strike, close, BigDecimal.TEN, PAYOUT, 2))
            .isEqualTo(new OptionSettlement(result, profit));
    }

    /** Stakes go down to the currency, profits half-even. */
    @Test
    void roundsAsMoneyIsRounded() {
        assertThat(OptionSettlement.of(Direction.CALL, 1, 2, new BigDecimal("1.50"), PAYOUT, 2).profit())
            .isEqualByComparingTo("1.30"); // of 1.305
        MartingaleCycle cycle = MartingaleCycle.begin(new BigDecimal("1.11"),
                StakeProgression.growing(PAYOUT, new BigDecimal("2.149"), 2).levels(), 2, TiePolicy.STOP);
        assertThat(cycle.stakes()).containsExactly(new BigDecimal("1.11"), new BigDecimal("2.38"),
                new BigDecimal("5.12"));
    }

    @Test
    void goesOnUntilAnEntryWins() {
        MartingaleCycle lost = begin(TiePolicy.STOP).settled(loss("10"));
        assertThat(lost.state()).isEqualTo(MartingaleCycle.State.OPEN);
        assertThat(lost.stake()).isEqualByComparingTo("20");
        assertThat(lost.risk()).isEqualByComparingTo("60");
        MartingaleCycle won = lost.settled(new OptionSettlement(OptionSettlement.Result.WIN, new BigDecimal("17.40")));
        assertThat(won.state()).isEqualTo(MartingaleCycle.State.WON);
        assertThat(won.profit()).isEqualByComparingTo("7.40");
        assertThat(won.level()).isOne();
        assertThatIllegalStateException().isThrownBy(() -> won.settled(loss("40")));
    }

    @Test
    void isLostWithItsLastEntry() {
        MartingaleCycle cycle = begin(TiePolicy.STOP);
        assertThat(cycle.risk()).isEqualByComparingTo("70");
        MartingaleCycle over = cycle.settled(loss("10")).settled(loss("20")).settled(loss("40"));
        assertThat(over.state()).isEqualTo(MartingaleCycle.State.LOST);
        assertThat(over.profit()).isEqualByComparingTo("-70");
        assertThat(over.risk()).isZero();
    }

    /**
     * A stake of 4 that came back is put in again where 1 was meant, and then 1 follows.
     */
    @Test
    void risksAStakeThatIsRepeatedAndAllThatFollow() {
        MartingaleCycle cycle = MartingaleCycle.begin(BigDecimal.ONE,
                List.of(new BigDecimal(4), BigDecimal.ONE, BigDecimal.ONE), 0, TiePolicy.SAME_STAKE);
        assertThat(cycle.risk()).isEqualByComparingTo("6");
        MartingaleCycle again = cycle.settled(new OptionSettlement(OptionSettlement.Result.EQUAL, BigDecimal.ZERO));
        assertThat(again.stake()).isEqualByComparingTo("4");
        assertThat(again.risk()).isEqualByComparingTo("5");
    }

    @ParameterizedTest
    @CsvSource({ "SAME_STAKE, OPEN, 10", "STOP, EVEN, 10", "AS_LOST, OPEN, 20" })
    void doesAfterAStakeThatCameBackAsItIsTold(TiePolicy equals, MartingaleCycle.State state, BigDecimal stake) {
        MartingaleCycle cycle = begin(equals)
            .settled(new OptionSettlement(OptionSettlement.Result.EQUAL, BigDecimal.ZERO));
        assertThat(cycle.state()).isEqualTo(state);
        assertThat(cycle.stake()).isEqualByComparingTo(stake);
        assertThat(cycle.profit()).isZero();
    }

    private static MartingaleCycle begin(TiePolicy equals) {
        return MartingaleCycle.begin(BigDecimal.TEN, List.of(BigDecimal.ONE, BigDecimal.TWO, new BigDecimal(4)), 2,
                equals);
    }

    private static OptionSettlement loss(String stake) {
        return new OptionSettlement(OptionSettlement.Result.LOSS, new BigDecimal(stake).negate());
    }

}
