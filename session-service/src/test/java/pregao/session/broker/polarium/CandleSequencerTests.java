package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CandleSequencer} and {@link CandlePager}.
 */
class CandleSequencerTests {

    private final CandleSequencer sequencer = new CandleSequencer();

    @Test
    void closesACandleWhenTheNextBegins() {
        assertThat(texts(this.sequencer.accept(candle(10, 100)))).containsExactly("10 forming 100");
        assertThat(texts(this.sequencer.accept(candle(10, 101)))).containsExactly("10 forming 101");
        assertThat(texts(this.sequencer.accept(candle(11, 102)))).containsExactly("10 closed 101", "11 forming 102");
        assertThat(texts(this.sequencer.accept(candle(10, 103)))).as("stale").isEmpty();
    }

    @Test
    void closesACandleWhoseTimeIsOver() {
        this.sequencer.accept(candle(10, 100));
        assertThat(this.sequencer.advanceTime(11 * 60 + 4)).isEmpty();
        assertThat(texts(this.sequencer.advanceTime(11 * 60 + 5))).containsExactly("10 closed 100");
        assertThat(this.sequencer.advanceTime(11 * 60 + 6)).isEmpty();
        assertThat(texts(this.sequencer.accept(candle(11, 102)))).containsExactly("11 forming 102");
    }

    @Test
    void keepsBackWhatFollowsAGapUntilItIsFilled() {
        this.sequencer.accept(candle(10, 100));
        assertThat(texts(this.sequencer.accept(candle(13, 130)))).containsExactly("10 closed 100");
        assertThat(this.sequencer.gap()).isEqualTo(new CandleSequencer.Gap(11, 12));
        assertThat(this.sequencer.accept(candle(14, 140))).isEmpty();
        assertThat(texts(fill(List.of(candle(11, 110), candle(12, 120))))).containsExactly("11 closed 110",
                "12 closed 120", "13 forming 130", "13 closed 130", "14 forming 140");
        assertThat(this.sequencer.gap()).isNull();
    }

    @Test
    void goesOnWhereTheBrokerHasNotWhatIsMissing() {
        this.sequencer.accept(candle(10, 100));
        this.sequencer.accept(candle(13, 130));
        assertThat(texts(fill(List.of()))).containsExactly("13 forming 130");
    }

    @Test
    void asksAgainForACandleOfWhichTheEndWasNotSeen() {
        this.sequencer.accept(candle(10, 100));
        this.sequencer.markInterrupted();
        assertThat(this.sequencer.advanceTime(10_000)).isEmpty();
        assertThat(this.sequencer.accept(candle(11, 110))).isEmpty();
        assertThat(this.sequencer.gap()).isEqualTo(new CandleSequencer.Gap(10, 10));
        assertThat(texts(fill(List.of(candle(10, 109))))).containsExactly("10 closed 109", "11 forming 110");
    }

    @Test
    void goesOnWithACandleThatFormsStillAfterAnInterruption() {
        this.sequencer.accept(candle(10, 100));
        this.sequencer.markInterrupted();
        assertThat(texts(this.sequencer.accept(candle(10, 101)))).containsExactly("10 forming 101");
        assertThat(texts(this.sequencer.accept(candle(11, 110)))).containsExactly("10 closed 101", "11 forming 110");
    }

    @Test
    void asksForWhatWasKeptBackWhereThatWasInterruptedToo() {
        this.sequencer.accept(candle(10, 100));
        this.sequencer.accept(candle(13, 130));
        CandleSequencer.Gap first = new CandleSequencer.Gap(11, 12);
        this.sequencer.markInterrupted();
        assertThat(this.sequencer.gap()).isEqualTo(new CandleSequencer.Gap(11, 13));
        assertThat(this.sequencer.accept(candle(15, 150))).isEmpty();
        assertThat(texts(this.sequencer.fillGap(first, List.of(candle(11, 110), candle(12, 120)))))
            .containsExactly("11 closed 110", "12 closed 120");
        assertThat(texts(fill(List.of(candle(13, 135))))).containsExactly("13 closed 135");
        assertThat(this.sequencer.gap()).isEqualTo(new CandleSequencer.Gap(14, 14));
        assertThat(texts(fill(List.of(candle(14, 140))))).containsExactly("14 closed 140", "15 forming 150");
    }

    @Test
    void asksInPagesBackwardsAndThenForWhatIsMissing() {
        CandlePager pages = new CandlePager(76, 60, 0, 1500 * 60);
        assertThat(JsonTrees.write(pages.createNextBody())).contains("\"to\":89999,\"count\":1000");
        pages.addPage(candles(500, 1499), 1_000_000);
        assertThat(JsonTrees.write(pages.createNextBody())).contains("\"to\":29999,\"count\":500");
        List<BrokerCandle> holed = candles(0, 499);
        holed.subList(100, 103).clear();
        pages.addPage(holed, 1_000_000);
        assertThat(JsonTrees.write(pages.createNextBody())).contains("\"from_id\":101,\"to_id\":103");
        pages.addPage(candles(100, 102), 1_000_000);
        assertThat(pages.createNextBody().isEmpty()).isTrue();
        assertThat(pages.candles()).hasSize(1500);
    }

    @Test
    void asksOnceForWhatTheBrokerDoesNotHave() {
        CandlePager pages = new CandlePager(76, 60, 0, 600);
        List<BrokerCandle> holed = candles(0, 9);
        holed.subList(4, 6).clear();
        pages.createNextBody();
        pages.addPage(holed, 1_000_000);
        assertThat(pages.createNextBody().isEmpty()).isFalse();
        pages.addPage(List.of(), 1_000_000);
        assertThat(pages.createNextBody().isEmpty()).isTrue();
        assertThat(pages.candles()).hasSize(8);
    }

    @Test
    void leavesTheFormingCandleOut() {
        CandlePager pages = new CandlePager(76, 60, 0, 600);
        pages.addPage(candles(0, 9), 599);
        assertThat(pages.candles()).hasSize(9);
    }

    private List<CandleUpdate> fill(List<BrokerCandle> candles) {
        return this.sequencer.fillGap(Objects.requireNonNull(this.sequencer.gap()), candles);
    }

    private static List<BrokerCandle> candles(int from, int to) {
        List<BrokerCandle> candles = new ArrayList<>();
        for (int minute = from; minute <= to; minute++) {
            candles.add(new BrokerCandle(minute + 1, minute * 60L, 60, 5, 5, 5, 5, 0));
        }
        return candles;
    }

    private static BrokerCandle candle(long id, long close) {
        return new BrokerCandle(id, id * 60, 60, 100, Math.max(100, close), Math.min(100, close), close, 0);
    }

    private static List<String> texts(List<CandleUpdate> updates) {
        return updates.stream()
            .map((update) -> "%d %s %d".formatted(update.candle().id(), update.closed() ? "closed" : "forming",
                    update.candle().close()))
            .toList();
    }

}
