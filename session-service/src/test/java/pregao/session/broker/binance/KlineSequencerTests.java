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

    private final KlineSequencer sequencer = new KlineSequencer();

    @Test
    void closesOnlyWhatTheBrokerClosed() {
        assertThat(acceptForming(5)).containsExactly(new CandleUpdate(createCandle(5), false));
        assertThat(acceptFinal(5)).containsExactly(new CandleUpdate(createCandle(5), true));
        assertThat(acceptFinal(5)).isEmpty();
        assertThat(acceptForming(5)).as("late").isEmpty();
        assertThat(this.sequencer.findGap()).isNull();
    }

    @Test
    void asksForACandleThatWasNotSaidToBeClosed() {
        acceptForming(5);
        assertThat(acceptForming(6)).as("kept back").isEmpty();
        assertThat(this.sequencer.findGap()).isEqualTo(new KlineSequencer.Gap(5, 5));
        assertThat(fillGap(5, 5, false, 5)).containsExactly(new CandleUpdate(createCandle(5), true),
                new CandleUpdate(createCandle(6), false));
        assertThat(this.sequencer.findGap()).isNull();
    }

    @Test
    void asksForACandleAfterWhichNothingComes() {
        acceptForming(5);
        this.sequencer.advanceTime(364);
        assertThat(this.sequencer.findGap()).isNull();
        this.sequencer.advanceTime(365);
        assertThat(this.sequencer.findGap()).isEqualTo(new KlineSequencer.Gap(5, 5));
        assertThat(fillGap(5, 5, false)).as("the broker is not ready").isEmpty();
        assertThat(this.sequencer.findGap()).isNotNull();
        assertThat(acceptFinal(5)).as("it says so after all").hasSize(1);
        assertThat(this.sequencer.findGap()).isNull();
    }

    @Test
    void keepsBackWhatComesAfterAGap() {
        acceptFinal(5);
        assertThat(acceptFinal(8)).isEmpty();
        assertThat(acceptFinal(9)).isEmpty();
        assertThat(this.sequencer.findGap()).isEqualTo(new KlineSequencer.Gap(6, 7));
        assertThat(fillGap(6, 7, false, 6, 7)).extracting((update) -> update.candle().id())
            .containsExactly(6L, 7L, 8L, 9L);
    }

    @Test
    void goesOnWhereTheBrokerNeverMadeACandle() {
        acceptFinal(5);
        acceptForming(9);
        assertThat(fillGap(6, 8, false, 6, 8)).extracting((update) -> update.candle().id()).containsExactly(6L);
        assertThat(this.sequencer.findGap()).isEqualTo(new KlineSequencer.Gap(7, 7));
        assertThat(fillGap(7, 7, true)).extracting((update) -> update.candle().id()).containsExactly(8L, 9L);
    }

    @Test
    void asksForAtMostAPageAtOnce() {
        acceptFinal(5);
        acceptForming(5000);
        assertThat(this.sequencer.findGap()).isEqualTo(new KlineSequencer.Gap(6, 1004));
    }

    @Test
    void tellsEachCandleOnceInOrderWhateverIsLostDoubledOrLate() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            KlineSequencer randomSequencer = new KlineSequencer();
            List<Long> emittedIds = new ArrayList<>();
            for (long id = 10; id < 60; id++) {
                for (long event = id - random.nextInt(3); event <= id; event++) {
                    addFinalIds(
                            randomSequencer
                                .accept(new CandleUpdate(createCandle(event), event < id && random.nextBoolean())),
                            emittedIds);
                }
                KlineSequencer.Gap gap = randomSequencer.findGap();
                if (gap != null && random.nextBoolean()) {
                    long last = gap.to();
                    addFinalIds(randomSequencer.fillGap(gap,
                            LongStream.rangeClosed(gap.from(), last)
                                .mapToObj(KlineSequencerTests::createCandle)
                                .toList(),
                            false), emittedIds);
                }
            }
            assertThat(emittedIds).as("seed %d", seed).isNotEmpty();
            assertThat(emittedIds).as("seed %d", seed)
                .isEqualTo(LongStream.rangeClosed(emittedIds.getFirst(), emittedIds.getLast()).boxed().toList());
        }
    }

    @Test
    void pagesUntilTheEndAndLeavesOutWhatIsNotOver() {
        KlinePager pager = new KlinePager(60, 30, 60 * 2000);
        assertThat(pager.createPageRequest(RestRequest.of("/", 1)).parameters()).containsEntry("startTime", "60000")
            .containsEntry("endTime", "119999999");
        pager.addPage(LongStream.rangeClosed(1, 1000).mapToObj(KlineSequencerTests::createCandle).toList(),
                60_000 * 1500);
        assertThat(pager.isComplete()).isFalse();
        pager.addPage(LongStream.rangeClosed(1001, 1500).mapToObj(KlineSequencerTests::createCandle).toList(),
                60_000 * 1500);
        assertThat(pager.isComplete()).isTrue();
        assertThat(pager.candles()).hasSize(1499);
    }

    private static void addFinalIds(List<CandleUpdate> updates, List<Long> emittedIds) {
        updates.stream().filter(CandleUpdate::closed).forEach((update) -> emittedIds.add(update.candle().id()));
    }

    private List<CandleUpdate> acceptForming(long id) {
        return this.sequencer.accept(new CandleUpdate(createCandle(id), false));
    }

    private List<CandleUpdate> acceptFinal(long id) {
        return this.sequencer.accept(new CandleUpdate(createCandle(id), true));
    }

    private List<CandleUpdate> fillGap(long from, long to, boolean skipMissing, long... ids) {
        return this.sequencer.fillGap(new KlineSequencer.Gap(from, to),
                LongStream.of(ids).mapToObj(KlineSequencerTests::createCandle).toList(), skipMissing);
    }

    private static BrokerCandle createCandle(long id) {
        return new BrokerCandle(id, id * 60, 60, 100, 100 + id, 90, 95, 1);
    }

}
