package pregao.strategy.indicator;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import pregao.pipeline.offset.FencedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bots that are stopped while whoever looks after them is replaced, on a real database.
 */
class ReplacedOwnerTests {

    private static final String TRADES = """
            select concat_ws(' ', side, trim_scale(entry), trim_scale(exit), reason)
            from strategy.trade where bot = :bot order by closed_at""";

    private final SwingBotFixture bot = new SwingBotFixture("replaced");

    private final TradingPipelineHarness driver = this.bot.driver();

    ReplacedOwnerTests() {
        this.bot.recording(true);
    }

    @AfterEach
    void stop() {
        this.bot.becomes("stopped", true);
    }

    private List<String> trades() {
        return this.bot.strings(TRADES);
    }

    @Test
    void closesWhatItHoldsThoughWhoeverWasToldHasEnded() throws SQLException, InterruptedException {
        this.bot.buys();
        this.bot.becomes("stopping", true);
        this.driver.restart();
        this.driver.looks();
        this.driver.comes(this.bot.ago(2), 12, 13, 12, 13);
        this.driver.reads(2);
        assertThat(trades()).containsExactly("buy 11 12 end");
    }

    @Test
    void stopsALossAtTheFirstPriceAndNotAtTheNextMinute() throws SQLException {
        this.bot.buys();
        this.bot.recording(false); // prices within minutes are heeded where they are of
                                   // now
        this.driver.restart();
        this.driver.forms(this.bot.ago(2), 12, 12, 9, 9);
        this.driver.reads(2);
        assertThat(trades()).containsExactly("buy 11 9.9 stop");
    }

    @Test
    void whoWasReplacedClosesNothingThoughNothingWasRead() throws SQLException {
        this.bot.buys();
        TradingPipelineHarness other = this.driver.other();
        this.driver.comes(this.bot.ago(2), 13, 13, 12, 12.5);
        this.driver.comes(this.bot.ago(1), 12.5, 13, 12, 13);
        other.reads(2);
        assertThat(trades()).containsExactly("buy 11 12.5 opposite");
        this.bot.becomes("stopping", true);
        assertThatExceptionOfType(FencedException.class).isThrownBy(this.driver::looks);
        assertThat(trades()).containsExactly("buy 11 12.5 opposite");
    }

}
