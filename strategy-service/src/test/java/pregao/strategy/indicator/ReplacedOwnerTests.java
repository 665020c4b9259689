package pregao.strategy.indicator;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import pregao.pipeline.offset.FencedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of bots that are stopped while their replica is replaced, on a real database.
 */
class ReplacedOwnerTests {

    private static final String TRADES = """
            select concat_ws(' ', side, trim_scale(entry), trim_scale(exit), reason)
            from strategy.trade where bot = :bot order by closed_at""";

    private final SwingBotFixture bot = new SwingBotFixture("replaced");

    private final TradingPipelineHarness harness = this.bot.harness();

    ReplacedOwnerTests() {
        this.bot.setEventTime(true);
    }

    @AfterEach
    void stop() {
        this.bot.setState("stopped", true);
    }

    private List<String> trades() {
        return this.bot.queryStrings(TRADES);
    }

    @Test
    void closesWhatItHoldsThoughWhoeverWasToldHasEnded() throws SQLException, InterruptedException {
        this.bot.openPosition();
        this.bot.setState("stopping", true);
        this.harness.restart();
        this.harness.pollWithoutRecords();
        this.harness.addFinalCandle(this.bot.minutesAgo(2), 12, 13, 12, 13);
        this.harness.readFrom(2);
        assertThat(trades()).containsExactly("buy 11 12 end");
    }

    @Test
    void stopsALossAtTheFirstPriceAndNotAtTheNextMinute() throws SQLException {
        this.bot.openPosition();
        // Forming candles count only on feeds that do not run on event time.
        this.bot.setEventTime(false);
        this.harness.restart();
        this.harness.addFormingCandle(this.bot.minutesAgo(2), 12, 12, 9, 9);
        this.harness.readFrom(2);
        assertThat(trades()).containsExactly("buy 11 9.9 stop");
    }

    @Test
    void whoWasReplacedClosesNothingThoughNothingWasRead() throws SQLException {
        this.bot.openPosition();
        TradingPipelineHarness otherReplica = this.harness.createOtherReplica();
        this.harness.addFinalCandle(this.bot.minutesAgo(2), 13, 13, 12, 12.5);
        this.harness.addFinalCandle(this.bot.minutesAgo(1), 12.5, 13, 12, 13);
        otherReplica.readFrom(2);
        assertThat(trades()).containsExactly("buy 11 12.5 opposite");
        this.bot.setState("stopping", true);
        assertThatExceptionOfType(FencedException.class).isThrownBy(this.harness::pollWithoutRecords);
        assertThat(trades()).containsExactly("buy 11 12.5 opposite");
    }

}
