package pregao.session.binance;

import java.time.Duration;
import java.time.InstantSource;

import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Binance, with one event loop a core for all sessions, and one market for everybody.
 */
public final class BinanceBroker implements AutoCloseable {

    private static final int CONNECTIONS = 50;

    private static final int MOST_WAITING = 1000;

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final LoopResources loops = LoopResources.create("binance");

    private final ConnectionProvider connections;

    private final PublicMarket market;

    public BinanceBroker(BinanceSettings settings, InstantSource clock) {
        this(settings, Timeouts.DEFAULT, Backoff.DEFAULT, clock);
    }

    BinanceBroker(BinanceSettings settings, Timeouts timeouts, Backoff backoff, InstantSource clock) {
        this.connections = ConnectionProvider.builder("binance")
            .maxConnections(CONNECTIONS)
            .pendingAcquireMaxCount(MOST_WAITING)
            .pendingAcquireTimeout(timeouts.connect())
            .maxIdleTime(IDLE)
            .evictInBackground(IDLE)
            .build();
        int patience = (int) timeouts.connect().toMillis();
        HttpClient http = HttpClient.create(this.connections)
            .runOn(this.loops)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience);
        HttpClient single = HttpClient.create(ConnectionProvider.newConnection())
            .runOn(this.loops)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience);
        Rest rest = new Rest(http.compress(true), settings.rest(), timeouts, new ServerClock(clock));
        Sockets sockets = new Sockets(single, timeouts);
        this.market = new PublicMarket(this.loops.onClient(false).next(), sockets, backoff, rest, settings);
    }

    /**
     * What the broker tells anybody.
     * @return the market, with no account
     */
    public PublicMarket market() {
        return this.market;
    }

    @Override
    public void close() {
        this.market.close();
        this.connections.dispose();
        this.loops.dispose();
    }

}
