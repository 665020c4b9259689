package pregao.contracts.feed;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.CodecFuzz;
import pregao.contracts.GoldenFiles;
import pregao.contracts.PriceBasis;

import static org.assertj.core.api.Assertions.assertThat;

class FeedContractTests {

    private static final Feed REPLAY = new Feed("replay-1", PriceBasis.BID, FeedClock.parse("America/New_York+07:00"),
            FeedClock.UTC, Duration.ofMillis(250), TradingCalendar.FX, true);

    @ParameterizedTest
    @ValueSource(strings = { "feed-defaults", "feed-newer" })
    void readsOlderAndNewerWriters(String golden) {
        assertThat(FeedCodec.decode(GoldenFiles.bytes(golden))).isEqualTo(feed(FeedClock.UTC, TradingCalendar.ALWAYS));
    }

    @Test
    void readsAndWritesAsEver() {
        assertThat(FeedCodec.decode(GoldenFiles.bytes("feed-full"))).isEqualTo(REPLAY);
        assertThat(FeedCodec.encode(REPLAY)).asHexString().isEqualTo(hex("feed-full"));
        assertThat(FeedCodec.encode(feed(FeedClock.UTC, TradingCalendar.ALWAYS))).asHexString()
            .isEqualTo(hex("feed-defaults"));
        assertThat(FeedCodec.encode(Feed.named("mt5"))).asHexString().isEqualTo(hex("feed-auto"));
        assertThat(FeedCodec.decode(GoldenFiles.bytes("feed-auto"))).isEqualTo(Feed.named("mt5"));
    }

    @Test
    void carriesTheDayZone() {
        Feed feed = feed(FeedClock.parse("America/New_York+07:00"), TradingCalendar.AUTO);

        assertThat(FeedCodec.encode(feed)).asHexString().isEqualTo(hex("feed-day-zone"));
        assertThat(FeedCodec.decode(GoldenFiles.bytes("feed-day-zone"))).isEqualTo(feed);
    }

    @Test
    void tellsWhoseTheFeedIs() {
        byte[] owned = GoldenFiles.bytes("feed-owned");

        assertThat(FeedCodec.encode(Feed.named("mt5"), "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001")).asHexString()
            .isEqualTo(hex("feed-owned"));
        assertThat(FeedCodec.decode(owned)).isEqualTo(Feed.named("mt5"));
        assertThat(FeedCodec.owner(owned)).hasValue("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001");
        assertThat(FeedCodec.owner(GoldenFiles.bytes("feed-auto"))).as("of an older writer").isEmpty();
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, FeedCodec::decode, FeedCodec::encode,
                List.of("feed-defaults", "feed-full", "feed-newer", "feed-day-zone", "feed-owned"));
    }

    private static Feed feed(FeedClock dayZone, TradingCalendar calendar) {
        return new Feed("mt5", PriceBasis.MID, FeedClock.UTC, dayZone, Feed.CLOSE_AFTER, calendar, false);
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(golden));
    }

}
