package pregao.devcluster.service;

import java.util.List;
import java.util.Locale;

import pregao.contracts.service.ServiceName;

/**
 * The services, in the order of the flow.
 */
public enum Service {

    /** Takes candles and ticks. */
    INGEST(8082, Speed.THROUGHPUT),
    /** Makes candles. */
    AGGREGATOR(8083, Speed.BATCHES),
    /** Serves market data. */
    INDICATORS(8084, Speed.BATCHES),
    /** The catalogue, backtests, bots and the ledger of orders. */
    STRATEGY(8085, Speed.JOBS),
    /** Users, logins, API keys and broker sessions. */
    SESSION(8081, Speed.LOGINS),
    /** The only door. */
    GATEWAY(8080, Speed.START);

    /** After the name of a service, the name of its port for metrics and log levels. */
    public static final String MANAGEMENT = "-management";

    private static final int MANAGEMENT_OFFSET = 10;

    private final int port;

    private final Speed speed;

    Service(int port, Speed speed) {
        this.port = port;
        this.speed = speed;
    }

    /**
     * Its short name, as in commands and log files.
     * @return such as {@code ingest}
     */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The folder of its module, which is also the name of its jar.
     * @return such as {@code ingest-service}
     */
    public String module() {
        return shortName() + "-service";
    }

    /**
     * Its name in tokens.
     * @return the same service
     */
    public ServiceName serviceName() {
        return ServiceName.valueOf(name());
    }

    /**
     * What its port for metrics and log levels is called among the ports of a stack.
     * @return such as {@code ingest-management}
     */
    public String managementPort() {
        return shortName() + MANAGEMENT;
    }

    /**
     * Where it listens unless told otherwise.
     * @return a port
     */
    public int defaultPort() {
        return this.port;
    }

    /**
     * Where it answers metrics and log levels unless told otherwise.
     * @return a port
     */
    public int defaultManagementPort() {
        return this.port + MANAGEMENT_OFFSET;
    }

    /**
     * The options of its JVM.
     * @return without class path and cache
     */
    List<String> options() {
        return this.speed.options;
    }

    /** What a service's JVM is tuned for on a laptop. */
    private enum Speed {

        /** Starts fast and stays small: the first compiler only. */
        START("-Xmx160m", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=48m"),
        /**
         * Is under load: both compilers, which give back what they needed at their peaks.
         */
        THROUGHPUT("-Xmx160m", "-XX:ReservedCodeCacheSize=64m", "-XX:TrimNativeHeapInterval=5000"),
        /**
         * Under load too, but in batches of a known size: a heap that grew is never given
         * back.
         */
        BATCHES("-Xmx96m", "-Xmn24m", "-XX:ReservedCodeCacheSize=64m", "-XX:TrimNativeHeapInterval=5000"),
        /**
         * Decides on little, and now and then holds years of minutes for a backtest.
         */
        JOBS("-Xmx192m", "-Xmn24m", "-XX:ReservedCodeCacheSize=64m", "-XX:TrimNativeHeapInterval=5000"),
        /**
         * Two passwords at a time are hashed, in 19 MiB each, beside 40 MiB that are
         * always in use: a larger heap would only fill with what is over.
         */
        LOGINS("-Xmx112m", "-Xmn24m", "-XX:ReservedCodeCacheSize=48m", "-XX:TrimNativeHeapInterval=5000");

        @SuppressWarnings("ImmutableEnumChecker") // List.of gives an immutable one
        private final List<String> options;

        Speed(String... options) {
            this.options = List.of(options);
        }

    }

}
