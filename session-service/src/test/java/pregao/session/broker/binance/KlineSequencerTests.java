package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KlineSequencer} and {@link KlinePager}.
 */
class KlineSequencerTests {

    private final KlineSequencer roll = new KlineSequencer();

    @Test
    void closesOnlyWhatTheBrokerClosed() {
        assertThat(forming(5)).containsExactly(new CandleUpdate(candle(5), false));
        assertThat(closed(5)).containsExactly(new CandleUpdate(candle(5), true));
        assertThat(closed(5)).isEmpty();
        assertThat(forming(5)).as("late").isEmpty();
        assertThat(this.roll.findGap()).isNull();
    }

    @Test
    void asksForACandleThatWasNotSaidToBeClosed() {
        forming(5);
        assertThat(forming(6)).as("kept back").isEmpty();
        assertThat(this.roll.findGap()).isEqualTo(new KlineSequencer.Gap(5, 5));
        assertThat(fill(5, 5, false, 5)).containsExactly(new CandleUpdate(candle(5), true),
                new CandleUpdate(candle(6), false));
        assertThat(this.roll.findGap()).isNull();
    }

    @Test
    void asksForACandleAfterWhichNothingComes() {
        forming(5);
        this.roll.advanceTime(364);
        assertThat(this.roll.findGap()).isNull();
        this.roll.advanceTime(365);
        assertThat(this.roll.findGap()).isEqualTo(new KlineSequencer.Gap(5, 5));
        assertThat(fill(5, 5, false)).as("the broker is not ready").isEmpty();
        assertThat(this.roll.findGap()).isNotNull();
        assertThat(closed(5)).as("it says so after all").hasSize(1);
        assertThat(this.roll.findGap()).isNull();
    }

    @Test
    void keepsBackWhatComesAfterAGap() {
        closed(5);
        assertThat(closed(8)).isEmpty();
        assertThat(closed(9)).isEmpty();
        assertThat(this.roll.findGap()).isEqualTo(new KlineSequencer.Gap(6, 7));
        assertThat(fill(6, 7, false, 6, 7)).extracting((update) -> update.candle().id())
            .containsExactly(6L, 7L, 8L, 9L);
    }

    @Test
    void goesOnWhereTheBrokerNeverMadeACandle() {
        closed(5);
        forming(9);
        assertThat(fill(6, 8, false, 6, 8)).extracting((update) -> update.candle().id()).containsExactly(6L);
        assertThat(this.roll.findGap()).isEqualTo(new KlineSequencer.Gap(7, 7));
        assertThat(fill(7, 7, true)).extracting((update) -> update.candle().id()).containsExactly(8L, 9L);
    }

    @Test
    void asksForAtMostAPageAtOnce() {
        closed(5);
        forming(5000);
        assertThat(this.roll.findGap()).isEqualTo(new KlineSequencer.Gap(6, 1004));
    }

    @Test
    void tellsEachCandleOnceInOrderWhateverIsLostDoubledOrLate() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            KlineSequencer any = new KlineSequencer();
            List<Long> told = new ArrayList<>();
            for (long id = 10; id < 60; id++) {
                for (long event = id - random.nextInt(3); event <= id; event++) {
                    tell(any.accept(new CandleUpdate(candle(event), event < id && random.nextBoolean())), told);
                }
                KlineSequencer.Gap gap = any.findGap();
                if (gap != null && random.nextBoolean()) {
                    long last = gap.to();
                    tell(any.fillGap(gap,
                            LongStream.rangeClosed(gap.from(), last).mapToObj(KlineSequencerTests::candle).toList(),
                            false), told);
                }
            }
            assertThat(told).as("seed %d", seed).isNotEmpty();
            assertThat(told).as("seed %d", seed)
                .isEqualTo(LongStream.rangeClosed(told.getFirst(), told.getLast()).boxed().toList());
        }
    }

    @Test
    void pagesUntilTheEndAndLeavesOutWhatIsNotOver() {
        KlinePager pages = new KlinePager(60, 30, 60 * 2000);
        assertThat(pages.createPageRequest(RestRequest.of("/", 1)).parameters()).containsEntry("startTime", "60000")
            .containsEntry("endTime", "119999999");
        pages.addPage(LongStream.rangeClosed(1, 1000).mapToObj(KlineSequencerTests::candle).toList(), 60_000 * 1500);
        assertThat(pages.isComplete()).isFalse();
        pages.addPage(LongStream.rangeClosed(1001, 1500).mapToObj(KlineSequencerTests::candle).toList(), 60_000 * 1500);
        assertThat(pages.isComplete()).isTrue();
        assertThat(pages.candles()).hasSize(1499);
    }

    private static void tell(List<CandleUpdate> updates, List<Long> told) {
        updates.stream().filter(CandleUpdate::closed).forEach((update) -> told.add(update.candle().id()));
    }

    private List<CandleUpdate> forming(long id) {
        return this.roll.accept(new CandleUpdate(candle(id), false));
    }

    private List<CandleUpdate> closed(long id) {
        return this.roll.accept(new CandleUpdate(candle(id), true));
    }

    private List<CandleUpdate> fill(long from, long to, boolean surely, long... ids) {
        return this.roll.fillGap(new KlineSequencer.Gap(from, to),
                LongStream.of(ids).mapToObj(KlineSequencerTests::candle).toList(), surely);
    }

    private static BrokerCandle candle(long id) {
        return new BrokerCandle(id, id * 60, 60, 100, 100 + id, 90, 95, 1);
    }

}
