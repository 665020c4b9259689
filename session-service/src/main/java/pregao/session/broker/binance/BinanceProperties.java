package pregao.session.broker.binance;

import java.net.URI;
import java.util.Set;

import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.session.broker.api.TradingMode;

/**
 * Settings of the Binance endpoints. A connection without TLS is allowed to this machine
 * only. A TLS certificate is always verified. Any host other than the test network or
 * this machine trades real money.
 *
 * @param rest the base URI of the REST API, such that {@code /v3/order} can follow
 * @param api the URI of the WebSocket API, for requests and the user data stream
 * @param streams the base URI of the market streams, such that {@code /stream} can follow
 * @param realMoney whether a host that trades real money is allowed
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
     * Returns the trading mode of all accounts on these endpoints.
     * @return demo on the test network and on this machine, else real
     */
    public TradingMode tradingMode() {
        return usesRealMoney(this.rest) ? TradingMode.REAL : TradingMode.DEMO;
    }

    /**
     * Returns whether the broker runs on this machine.
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
