package pregao.session.broker.marketdata;

import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.BrokerCandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamCursor} and {@link LeaseValidity}.
 */
class StreamCursorTests {

    private static final long NOW = 1_700_000_040;

    private final StreamCursor place = new StreamCursor();

    @Test
    void asksInPagesUntilTheEnd() {
        this.place.begin(NOW - 90_000, NOW);
        StreamCursor.FetchWindow first = page(NOW);
        assertThat(first).isEqualTo(new StreamCursor.FetchWindow(NOW - 90_000, NOW - 30_000, false));
        this.place.stored(first, List.of());
        StreamCursor.FetchWindow second = page(NOW);
        assertThat(second).isEqualTo(new StreamCursor.FetchWindow(NOW - 30_000, NOW, true));
        assertThat(second.lacksItsEnd(List.of(candle(NOW - 120)))).isTrue();
        assertThat(second.lacksItsEnd(List.of(candle(NOW - 60)))).isFalse();
        this.place.stored(second, List.of(candle(NOW - 60)));
        assertThat(this.place.page(NOW)).isNull();
    }

    @Test
    void asksAgainForWhatWasNotThereYet() {
        this.place.begin(NOW - 120, NOW);
        this.place.stored(page(NOW), List.of(candle(NOW - 120)));
        assertThat(page(NOW + 60)).isEqualTo(new StreamCursor.FetchWindow(NOW - 60, NOW + 60, true));
    }

    @Test
    void tellsNoFormingCandleWhileOneBeforeItIsMissing() {
        this.place.begin(NOW - 120, NOW);
        assertThat(this.place.allows(candle(NOW))).isFalse();
        this.place.stored(page(NOW), List.of(candle(NOW - 60)));
        assertThat(this.place.allows(candle(NOW))).isTrue();
        assertThat(this.place.allows(candle(NOW - 60))).as("it is stored as closed").isFalse();
        assertThat(this.place.allows(candle(NOW + 60))).isFalse();
    }

    @Test
    void tellsTheFirstFormingCandleAfterAPauseOfTheMarket() {
        this.place.begin(NOW - 6000, NOW);
        this.place.stored(page(NOW), List.of(candle(NOW - 3000)));
        assertThat(this.place.allows(candle(NOW))).isTrue();
    }

    @Test
    void goesBackNoFurtherThanAMonth() {
        this.place.begin(0, NOW);
        assertThat(page(NOW).from()).isEqualTo(NOW - StreamCursor.REACH.toSeconds());
    }

    @Test
    void isSureOfAFeedForThreeSecondsFromTheQuestion() {
        LeaseValidity tenure = new LeaseValidity();
        assertThat(tenure.holds(0)).isFalse();
        tenure.confirm(-5);
        assertThat(tenure.holds(2_999_999_994L)).isTrue();
        assertThat(tenure.holds(2_999_999_995L)).isFalse();
        tenure.confirm(0);
        tenure.end();
        assertThat(tenure.holds(1)).isFalse();
    }

    private StreamCursor.FetchWindow page(long until) {
        StreamCursor.FetchWindow page = this.place.page(until);
        if (page == null) {
            throw new AssertionError("expected something to ask for");
        }
        return page;
    }

    private static BrokerCandle candle(long from) {
        return new BrokerCandle(from / 60, from, 60, 3, 4, 1, 2, 0);
    }

}
