package pregao.session.broker.binance;

import java.net.URI;
import java.util.Set;

import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.session.broker.api.TradingMode;

/**
 * Where the broker is. Without TLS it may only be on this machine; with TLS its
 * certificate is always checked. Anywhere but on the test network money is real.
 *
 * @param rest the HTTP address before {@code /v3/order}
 * @param api the WebSocket of requests and user data
 * @param streams the WebSocket of the market, before {@code /stream}
 * @param realMoney whether the broker may be another than the test network
 */
public record BinanceProperties(@DefaultValue("https://testnet.binance.vision/api") URI rest,
        @DefaultValue("wss://ws-api.testnet.binance.vision/ws-api/v3") URI api,
        @DefaultValue("wss://stream.testnet.binance.vision") URI streams, boolean realMoney) {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

    private static final String TEST_NETWORK = "testnet.binance.vision";

    public BinanceProperties {
        check(rest, "https", "http");
        check(api, "wss", "ws");
        check(streams, "wss", "ws");
        boolean real = isReal(rest);
        if (real != isReal(api) || real != isReal(streams)) {
            throw new IllegalArgumentException(
                    "%s, %s and %s must all be of the test network, or none of them".formatted(rest, api, streams));
        }
        if (real && !realMoney) {
            throw new IllegalArgumentException(
                    "money is real at %s: switch real money on, or use %s".formatted(rest, TEST_NETWORK));
        }
    }

    /**
     * Which money there is.
     * @return play money on the test network and on this machine
     */
    public TradingMode account() {
        return isReal(this.rest) ? TradingMode.REAL : TradingMode.DEMO;
    }

    /**
     * Whether the broker is on this machine, so it is not the real one.
     * @return true for a simulator
     */
    boolean isHere() {
        return THIS_MACHINE.contains(String.valueOf(this.rest.getHost()));
    }

    private static boolean isReal(URI address) {
        String host = String.valueOf(address.getHost());
        return !(THIS_MACHINE.contains(host) || host.equals(TEST_NETWORK) || host.endsWith("." + TEST_NETWORK));
    }

    private static void check(URI address, String safe, String open) {
        boolean here = THIS_MACHINE.contains(String.valueOf(address.getHost()));
        if (!safe.equals(address.getScheme()) && !(here && open.equals(address.getScheme()))) {
            throw new IllegalArgumentException("%s must begin with %s://".formatted(address, safe));
        }
    }

}
