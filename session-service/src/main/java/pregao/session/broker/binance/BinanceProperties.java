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

    private static final Set<String> LOCAL_HOSTS = Set.of("127.0.0.1", "[::1]", "localhost");

    private static final String TESTNET_HOST = "testnet.binance.vision";

    public BinanceProperties {
        requireSecureScheme(rest, "https", "http");
        requireSecureScheme(api, "wss", "ws");
        requireSecureScheme(streams, "wss", "ws");
        boolean usesRealMoney = usesRealMoney(rest);
        if (usesRealMoney != usesRealMoney(api) || usesRealMoney != usesRealMoney(streams)) {
            throw new IllegalArgumentException(
                    "%s, %s and %s must all be of the test network, or none of them".formatted(rest, api, streams));
        }
        if (usesRealMoney && !realMoney) {
            throw new IllegalArgumentException(
                    "money is real at %s: switch real money on, or use %s".formatted(rest, TESTNET_HOST));
        }
    }

    /**
     * Which money there is.
     * @return play money on the test network and on this machine
     */
    public TradingMode tradingMode() {
        return usesRealMoney(this.rest) ? TradingMode.REAL : TradingMode.DEMO;
    }

    /**
     * Whether the broker is on this machine, so it is not the real one.
     * @return true for a simulator
     */
    boolean isLocal() {
        return LOCAL_HOSTS.contains(String.valueOf(this.rest.getHost()));
    }

    private static boolean usesRealMoney(URI address) {
        String host = String.valueOf(address.getHost());
        return !(LOCAL_HOSTS.contains(host) || host.equals(TESTNET_HOST) || host.endsWith("." + TESTNET_HOST));
    }

    private static void requireSecureScheme(URI address, String secureScheme, String plainScheme) {
        boolean isLocal = LOCAL_HOSTS.contains(String.valueOf(address.getHost()));
        if (!secureScheme.equals(address.getScheme()) && !(isLocal && plainScheme.equals(address.getScheme()))) {
            throw new IllegalArgumentException("%s must begin with %s://".formatted(address, secureScheme));
        }
    }

}
