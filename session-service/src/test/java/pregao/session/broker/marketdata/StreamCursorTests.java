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

    private final StreamCursor cursor = new StreamCursor();

    @Test
    void asksInPagesUntilTheEnd() {
        this.cursor.initialize(NOW - 90_000, NOW);
        StreamCursor.FetchWindow first = nextWindow(NOW);
        assertThat(first).isEqualTo(new StreamCursor.FetchWindow(NOW - 90_000, NOW - 30_000, false));
        this.cursor.advance(first, List.of());
        StreamCursor.FetchWindow second = nextWindow(NOW);
        assertThat(second).isEqualTo(new StreamCursor.FetchWindow(NOW - 30_000, NOW, true));
        assertThat(second.lacksLastCandle(List.of(candle(NOW - 120)))).isTrue();
        assertThat(second.lacksLastCandle(List.of(candle(NOW - 60)))).isFalse();
        this.cursor.advance(second, List.of(candle(NOW - 60)));
        assertThat(this.cursor.nextWindow(NOW)).isNull();
    }

    @Test
    void asksAgainForWhatWasNotThereYet() {
        this.cursor.initialize(NOW - 120, NOW);
        this.cursor.advance(nextWindow(NOW), List.of(candle(NOW - 120)));
        assertThat(nextWindow(NOW + 60)).isEqualTo(new StreamCursor.FetchWindow(NOW - 60, NOW + 60, true));
    }

    @Test
    void tellsNoFormingCandleWhileOneBeforeItIsMissing() {
        this.cursor.initialize(NOW - 120, NOW);
        assertThat(this.cursor.canPublishForming(candle(NOW))).isFalse();
        this.cursor.advance(nextWindow(NOW), List.of(candle(NOW - 60)));
        assertThat(this.cursor.canPublishForming(candle(NOW))).isTrue();
        assertThat(this.cursor.canPublishForming(candle(NOW - 60))).as("it is stored as closed").isFalse();
        assertThat(this.cursor.canPublishForming(candle(NOW + 60))).isFalse();
    }

    @Test
    void tellsTheFirstFormingCandleAfterAPauseOfTheMarket() {
        this.cursor.initialize(NOW - 6000, NOW);
        this.cursor.advance(nextWindow(NOW), List.of(candle(NOW - 3000)));
        assertThat(this.cursor.canPublishForming(candle(NOW))).isTrue();
    }

    @Test
    void goesBackNoFurtherThanAMonth() {
        this.cursor.initialize(0, NOW);
        assertThat(nextWindow(NOW).from()).isEqualTo(NOW - StreamCursor.MAX_HISTORY.toSeconds());
    }

    @Test
    void isSureOfAFeedForThreeSecondsFromTheQuestion() {
        LeaseValidity leaseValidity = new LeaseValidity();
        assertThat(leaseValidity.isValid(0)).isFalse();
        leaseValidity.confirm(-5);
        assertThat(leaseValidity.isValid(2_999_999_994L)).isTrue();
        assertThat(leaseValidity.isValid(2_999_999_995L)).isFalse();
        leaseValidity.confirm(0);
        leaseValidity.invalidate();
        assertThat(leaseValidity.isValid(1)).isFalse();
    }

    private StreamCursor.FetchWindow nextWindow(long until) {
        StreamCursor.FetchWindow window = this.cursor.nextWindow(until);
        if (window == null) {
            throw new AssertionError("expected something to ask for");
        }
        return window;
    }

    private static BrokerCandle candle(long from) {
        return new BrokerCandle(from / 60, from, 60, 3, 4, 1, 2, 0);
    }

}
