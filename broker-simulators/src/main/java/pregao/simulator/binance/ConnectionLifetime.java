package pregao.simulator.binance;

/**
 * How long a WebSocket lives, and how often it is pinged.
 *
 * @param millis of a connection
 * @param pingMillis between two pings
 */
record ConnectionLifetime(long millis, long pingMillis) {

    static final ConnectionLifetime DEFAULT = new ConnectionLifetime(86_400_000, 20_000);

}
