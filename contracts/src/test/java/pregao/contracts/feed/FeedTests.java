package pregao.contracts.feed;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import pregao.contracts.PriceBasis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FeedTests {

    @Test
    void hasDefaultsForAllButItsName() {
        assertThat(Feed.named("mt5")).isEqualTo(new Feed("mt5", PriceBasis.MID, FeedClock.UTC, FeedClock.UTC,
                Duration.ofSeconds(1), TradingCalendar.AUTO, false));
    }

    @Test
    void refusesNamesAndWaitsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> Feed.named("MT5"));
        assertThatIllegalArgumentException().isThrownBy(() -> closing(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> closing(Duration.ofMillis(60_001)));
        assertThat(closing(Duration.ofMinutes(1)).closeAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    private static Feed closing(Duration after) {
        return new Feed("mt5", PriceBasis.MID, FeedClock.UTC, FeedClock.UTC, after, TradingCalendar.ALWAYS, false);
    }

}
