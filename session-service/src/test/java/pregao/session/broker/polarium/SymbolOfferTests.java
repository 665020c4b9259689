package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SymbolOffer} and {@link OptionTerms}.
 */
class SymbolOfferTests {

    /** A quarter of an hour in epoch seconds. */
    private static final long BOUNDARY = 1_800_000_000;

    private static final SymbolOffer OFFER = offer("{}", "{}", "{\"option\":{\"expiration_times\":[5,30]}}");

    @ParameterizedTest
    @CsvSource({ "-2, 62, 122, 302, 902", "-1, 61, 121, 301, 901", "0, 60, 120, 300, 900", "5, 55, 115, 295, 895",
            "29, 31, 91, 271, 871", "30, 90, 90, 270, 870", "31, 89, 149, 329, 869", "59, 61, 121, 301, 841" })
    void isTheNearestThatCanStillBeBought(long after, long one, long two, long five, long fifteen) {
        assertThat(seconds(after, 1)).isEqualTo(one);
        assertThat(seconds(after, 2)).isEqualTo(two);
        assertThat(seconds(after, 5)).isEqualTo(five);
        assertThat(seconds(after, 15)).isEqualTo(fifteen);
    }

    @Test
    void isTurboToTheMinuteAndBinaryToTheQuarter() {
        assertThat(nearest(BOUNDARY, Duration.ofMinutes(5)).type()).isEqualTo(OptionType.TURBO);
        assertThat(nearest(BOUNDARY, Duration.ofMinutes(15)).type()).isEqualTo(OptionType.BINARY);
        assertThat(nearest(BOUNDARY, Duration.ofHours(1)).at()).isEqualTo(BOUNDARY + 3600);
    }

    @Test
    void isLeftToTheBrokerBelowAMinute() {
        Expiry expiry = OFFER.findNearest(BOUNDARY + 7, Duration.ofSeconds(30));
        assertThat(expiry).isEqualTo(new Expiry(OptionType.BLITZ, 0, 30));
        assertThat(new Expiry(OptionType.BLITZ, 0, 30).computeEnd(BOUNDARY + 8)).isEqualTo(BOUNDARY + 38);
    }

    @Test
    void isOneThatTheBrokerOffers() {
        assertThat(OFFER.findNearest(BOUNDARY, Duration.ofSeconds(45))).isNull();
        assertThat(OFFER.supportsLength(Duration.ofSeconds(45))).isFalse();
        assertThat(OFFER.supportsLength(Duration.ofSeconds(5))).isTrue();
        assertThat(OFFER.supportsLength(Duration.ofMinutes(45))).isTrue();
        assertThat(new SymbolOffer(76, List.of()).findNearest(BOUNDARY, Duration.ofMinutes(1))).isNull();
        assertThat(new SymbolOffer(76, List.of()).supportsLength(Duration.ofSeconds(5))).isFalse();
    }

    @Test
    void keepsTheBrokersDeadTimesAndCounts() {
        SymbolOffer offer = offer("{\"deadtime\":50,\"option\":{\"count\":3}}",
                "{\"deadtime\":300,\"option\":{\"count\":2,\"expiration_times\":[900]}}", "{}");
        assertThat(at(offer, 9, 1)).isEqualTo(60);
        assertThat(at(offer, 10, 1)).isEqualTo(120);
        assertThat(at(offer, 0, 5)).as("no more than three minutes, and the quarter is further").isEqualTo(180);
        assertThat(at(offer, 599, 10)).isEqualTo(900);
        assertThat(at(offer, 600, 10)).isEqualTo(780);
        assertThat(at(offer, 0, 30)).isEqualTo(1800);
        assertThat(offer.findNearest(BOUNDARY, Duration.ofHours(1))).as("all ends too early").isNull();
    }

    @Test
    void keepsToTheEndsThatTheBrokerLists() {
        SymbolOffer offer = offer("{}",
                """
                        {"deadtime":30,"option":{"special":{"%d":{"enabled":true},"%d":{"enabled":false},"%d":{"enabled":true}}}}"""
                    .formatted(BOUNDARY + 900, BOUNDARY + 1800, BOUNDARY + 3600),
                "{}");
        assertThat(at(offer, 0, 30)).isEqualTo(900);
        assertThat(at(offer, 0, 60)).isEqualTo(3600);
    }

    private static long seconds(long after, int minutes) {
        return nearest(BOUNDARY + after, Duration.ofMinutes(minutes)).at() - BOUNDARY - after;
    }

    private static Expiry nearest(long now, Duration length) {
        return Objects.requireNonNull(OFFER.findNearest(now, length));
    }

    private static long at(SymbolOffer offer, long after, int minutes) {
        return Objects.requireNonNull(offer.findNearest(BOUNDARY + after, Duration.ofMinutes(minutes))).at() - BOUNDARY;
    }

    private static SymbolOffer offer(String turbo, String binary, String blitz) {
        return new SymbolOffer(76,
                List.of(OptionTerms.of(OptionType.TURBO, JsonTrees.parse(turbo)),
                        OptionTerms.of(OptionType.BINARY, JsonTrees.parse(binary)),
                        OptionTerms.of(OptionType.BLITZ, JsonTrees.parse(blitz))));
    }

}
