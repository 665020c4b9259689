package pregao.contracts.feed;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.Golden;
import pregao.contracts.Noise;
import pregao.contracts.PriceBasis;

import static org.assertj.core.api.Assertions.assertThat;

class FeedContractTests {

    private static final Feed REPLAY = new Feed("replay-1", PriceBasis.BID, FeedClock.parse("America/New_York+07:00"),
            Duration.ofMillis(250), Calendar.FX, true);

    @ParameterizedTest
    @ValueSource(strings = { "feed-defaults", "feed-newer" })
    void readsOlderAndNewerWriters(String golden) {
        assertThat(FeedCodec.decode(Golden.bytes(golden))).isEqualTo(Feed.named("mt5"));
    }

    @Test
    void readsAndWritesAsEver() {
        assertThat(FeedCodec.decode(Golden.bytes("feed-full"))).isEqualTo(REPLAY);
        assertThat(FeedCodec.encode(REPLAY)).asHexString().isEqualTo(hex("feed-full"));
        assertThat(FeedCodec.encode(Feed.named("mt5"))).asHexString().isEqualTo(hex("feed-defaults"));
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        Noise.refusedOrDecoded(20_261_121, FeedCodec::decode, FeedCodec::encode,
                List.of("feed-defaults", "feed-full", "feed-newer"));
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(Golden.bytes(golden));
    }

}
