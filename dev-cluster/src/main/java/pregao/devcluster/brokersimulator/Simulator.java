package pregao.devcluster.brokersimulator;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The brokers that are simulated, and what session-service is told of them.
 */
public enum Simulator {

    /** Options, by password and code. */
    POLARIUM(7081, "pregao.simulator.polarium.PolariumMain", "EURUSD-OTC,GBPUSD-OTC,USDJPY-OTC") {

        @Override
        Map<String, String> addresses(String host) {
            return Map.of("PREGAO_POLARIUM_LOGINS", "http://" + host, "PREGAO_POLARIUM_OAUTH", "http://" + host,
                    "PREGAO_POLARIUM_SOCKET", "ws://" + host + "/echo/websocket", "PREGAO_POLARIUM_ORIGIN",
                    "http://" + host, "PREGAO_MARKETDATA_SYSTEM_POLARIUM_IDENTIFIER", "prices@simulator.local",
                    "PREGAO_MARKETDATA_SYSTEM_POLARIUM_PASSWORD", "demo");
        }

    },
    /** Pairs of assets, by keys. */
    BINANCE(7082, "pregao.simulator.binance.BinanceMain", "BTCUSDT,ETHUSDT") {

        @Override
        Map<String, String> addresses(String host) {
            return Map.of("PREGAO_BINANCE_REST", "http://" + host + "/api", "PREGAO_BINANCE_API",
                    "ws://" + host + "/ws-api/v3", "PREGAO_BINANCE_STREAMS", "ws://" + host);
        }

    };

    /** The lowest of their ports. */
    public static final int FIRST_PORT = 7081;

    private final int port;

    private final String main;

    private final String symbols;

    Simulator(int port, String main, String symbols) {
        this.port = port;
        this.main = main;
        this.symbols = symbols;
    }

    abstract Map<String, String> addresses(String host);

    /**
     * What it is called among the parts.
     * @return such as {@code polarium-simulator}
     */
    public String partName() {
        return feed() + "-simulator";
    }

    /**
     * Whether a part is one of them.
     * @param part its name
     * @return true for a simulator
     */
    public static boolean isNamed(String part) {
        return Stream.of(values()).anyMatch((simulator) -> simulator.partName().equals(part));
    }

    /**
     * The feed of its prices.
     * @return such as {@code polarium}
     */
    public String feed() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Where it listens unless told otherwise.
     * @return a port
     */
    public int defaultPort() {
        return this.port;
    }

    String main() {
        return this.main;
    }

    /**
     * What session-service is told: where the broker is, and what to stream of it.
     * @param atPort where it listens
     * @return variables of the environment
     */
    public Map<String, String> environment(int atPort) {
        Map<String, String> environment = new HashMap<>(addresses("127.0.0.1:" + atPort));
        environment.put("PREGAO_MARKETDATA_SYMBOLS_" + name(), this.symbols);
        return environment;
    }

}
