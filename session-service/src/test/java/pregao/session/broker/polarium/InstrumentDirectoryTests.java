package pregao.session.broker.polarium;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.session.broker.api.BrokerInstrument;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InstrumentDirectory}.
 */
class InstrumentDirectoryTests {

    @Test
    void offersOnlyWhatIsEnabled() {
        InstrumentDirectory instrumentDirectory = known(active(1, "EURUSD", "\"enabled\":true,"),
                active(2, "GBPUSD", "\"enabled\":false,"), active(3, "USDJPY", ""));
        assertThat(instrumentDirectory.instruments()).extracting(BrokerInstrument::symbol).containsExactly("EURUSD");
        assertThat(number(instrumentDirectory.findOffer("EURUSD"))).isEqualTo(1);
        assertThat(instrumentDirectory.findOffer("GBPUSD")).isNull();
        assertThat(instrumentDirectory.findOffer("USDJPY")).isNull();
        assertThat(instrumentDirectory.findId("GBPUSD")).as("its candles can still be asked for").isEqualTo(2);
    }

    @Test
    void prefersTheOpenMarketsVariantWhereItIsOffered() {
        String plain = active(1, "EURUSD", "\"enabled\":true,");
        assertThat(number(known(plain, active(9, "EURUSD-op", "\"enabled\":true,")).findOffer("EURUSD"))).isEqualTo(9);
        InstrumentDirectory disabled = known(plain, active(9, "EURUSD-op", "\"enabled\":false,"));
        assertThat(number(disabled.findOffer("EURUSD"))).isEqualTo(1);
        assertThat(disabled.findIds("EURUSD")).as("an order may be under either").containsExactlyInAnyOrder(1, 9);
        assertThat(disabled.findIds("COFFEE")).isEmpty();
    }

    private static int number(@Nullable SymbolOffer offer) {
        return (offer != null) ? offer.active() : 0;
    }

    private static String active(int id, String name, String enabled) {
        return "\"%d\":{\"id\":%d,\"name\":\"front.%s\",%s\"is_suspended\":false}".formatted(id, id, name, enabled);
    }

    private static InstrumentDirectory known(String... actives) {
        return new InstrumentDirectory(JsonTrees.parse("{\"turbo\":{\"actives\":{" + String.join(",", actives) + "}}}"),
                0);
    }

}
