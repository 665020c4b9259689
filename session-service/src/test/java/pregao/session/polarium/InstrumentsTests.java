package pregao.session.polarium;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.session.broker.BrokerInstrument;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Instruments}.
 */
class InstrumentsTests {

    @Test
    void offersOnlyWhatIsEnabled() {
        Instruments known = known(active(1, "EURUSD", "\"enabled\":true,"), active(2, "GBPUSD", "\"enabled\":false,"),
                active(3, "USDJPY", ""));
        assertThat(known.all()).extracting(BrokerInstrument::symbol).containsExactly("EURUSD");
        assertThat(number(known.offer("EURUSD"))).isEqualTo(1);
        assertThat(known.offer("GBPUSD")).isNull();
        assertThat(known.offer("USDJPY")).isNull();
        assertThat(known.id("GBPUSD")).as("its candles can still be asked for").isEqualTo(2);
    }

    @Test
    void prefersTheOpenMarketsVariantWhereItIsOffered() {
        String plain = active(1, "EURUSD", "\"enabled\":true,");
        assertThat(number(known(plain, active(9, "EURUSD-op", "\"enabled\":true,")).offer("EURUSD"))).isEqualTo(9);
        Instruments disabled = known(plain, active(9, "EURUSD-op", "\"enabled\":false,"));
        assertThat(number(disabled.offer("EURUSD"))).isEqualTo(1);
        assertThat(disabled.ids("EURUSD")).as("an order may be under either").containsExactlyInAnyOrder(1, 9);
        assertThat(disabled.ids("COFFEE")).isEmpty();
    }

    private static int number(@Nullable Offer offer) {
        return (offer != null) ? offer.active() : 0;
    }

    private static String active(int id, String name, String enabled) {
        return "\"%d\":{\"id\":%d,\"name\":\"front.%s\",%s\"is_suspended\":false}".formatted(id, id, name, enabled);
    }

    private static Instruments known(String... actives) {
        return new Instruments(Json.read("{\"turbo\":{\"actives\":{" + String.join(",", actives) + "}}}"), 0);
    }

}
