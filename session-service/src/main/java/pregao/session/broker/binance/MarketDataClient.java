package pregao.session.broker.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerInstrument;
import pregao.session.broker.api.CandleUpdate;

/**
 * What the broker tells anybody, with no account: which pairs there are, their candles,
 * and their prices as they happen. All streams come over one connection, each once; it
 * reconnects by itself. Questions fail with {@link BrokerException} only, and answers
 * come on an event loop, so nobody may block there. Symbols are the broker's, such as
 * {@code BTCUSDT}.
 */
public final class MarketDataClient {

    private static final Duration EXCHANGE_INFO_TTL = Duration.ofMinutes(10);

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final EventLoop eventLoop;

    private final BinanceRestClient restClient;

    private final MarketStreamConnection connection;

    private final KlineStreams klineStreams;

    private final TickStreams tickStreams;

    private final ScheduledFuture<?> timer;

    private final Mono<ExchangeInfo> exchangeInfo;

    MarketDataClient(EventLoop eventLoop, WebSocketConnector connector, ReconnectBackoff backoff,
            BinanceRestClient restClient, BinanceProperties properties) {
        this.eventLoop = eventLoop;
        this.restClient = restClient;
        this.connection = new MarketStreamConnection(eventLoop, connector, backoff, properties.streams(),
                this.backgroundTasks, this::onInterrupted);
        this.klineStreams = new KlineStreams(eventLoop, this.connection, restClient, this.backgroundTasks);
        this.tickStreams = new TickStreams(eventLoop, this.connection, restClient.serverClock());
        this.timer = eventLoop.scheduleAtFixedRate(this.klineStreams::advanceTime, 1, 1, TimeUnit.SECONDS);
        this.exchangeInfo = Mono.defer(this::fetchExchangeInfo)
            .cacheInvalidateWhen((cached) -> Mono.delay(EXCHANGE_INFO_TTL).then());
    }

    /**
     * What can be traded.
     * @return all pairs, open or not; asked for at most once in ten minutes
     */
    public Mono<List<BrokerInstrument>> instruments() {
        return this.exchangeInfo.map(ExchangeInfo::instruments);
    }

    /**
     * Closed candles of a time, whole: pages are joined.
     * @param symbol of what
     * @param seconds of a candle: 1, 60, 180, 300, 900, 1800, 3600, 7200, 14400, 21600,
     * 28800, 43200 or 86400
     * @param from inclusive
     * @param to exclusive
     * @return oldest first; what is missing is missing at the broker
     */
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return findFilters(symbol).then(requireInterval(seconds)).flatMap((interval) -> {
            KlinePager pager = new KlinePager(seconds, from.getEpochSecond(), to.getEpochSecond());
            return ensureTimeKnown().then(collectPages(pager, KlineParser.createRequest(symbol, interval)));
        });
    }

    /**
     * Candles as they happen; after an interruption what was missed comes first.
     * @param symbol of what
     * @param seconds of a candle, as for {@link #klineStreams}
     * @return each closed candle once and in order, the forming one in between, about
     * every two seconds; ends with the market
     */
    public Flux<CandleUpdate> streamCandles(String symbol, int seconds) {
        return findFilters(symbol).then(requireInterval(seconds))
            .flatMap((interval) -> ensureTimeKnown().thenReturn(interval))
            .flatMapMany((interval) -> this.klineStreams.stream(symbol, seconds, interval));
    }

    /**
     * Best prices and trades as they happen, as often as the broker tells them, which can
     * be many times a second. What happens during an interruption is not told later.
     * @param symbol of what
     * @return ticks; of those that wait because somebody is slow the oldest are dropped
     */
    public Flux<MarketTick> streamTicks(String symbol) {
        return findFilters(symbol).flatMap((filters) -> ensureTimeKnown().thenReturn(filters))
            .flatMapMany((filters) -> this.tickStreams.stream(symbol));
    }

    /**
     * The rules of a symbol.
     * @param symbol such as {@code BTCUSDT}
     * @return never empty
     */
    Mono<SymbolFilters> findFilters(String symbol) {
        return this.exchangeInfo.flatMap((exchangeInfo) -> {
            SymbolFilters filters = exchangeInfo.findFilters(symbol);
            return (filters != null) ? Mono.just(filters)
                    : Mono.error(new BrokerException(BrokerException.Kind.NO_SUCH_SYMBOL,
                            "the broker does not trade '%s'".formatted(symbol)));
        });
    }

    void close() {
        this.eventLoop.execute(() -> {
            this.timer.cancel(false);
            this.klineStreams.completeAll();
            this.tickStreams.completeAll();
            this.connection.close();
            this.backgroundTasks.cut();
        });
    }

    private void onInterrupted() {
        this.tickStreams.reset();
    }

    private Mono<Void> ensureTimeKnown() {
        return Mono
            .defer(() -> this.restClient.serverClock().isKnown() ? Mono.empty() : this.restClient.synchronizeTime());
    }

    private Mono<ExchangeInfo> fetchExchangeInfo() {
        return this.restClient.get(RestRequest.of("/v3/exchangeInfo", 20))
            .map(ExchangeInfo::new)
            .doOnNext((exchangeInfo) -> this.restClient.weightLimiter().setMaxWeight(exchangeInfo.weightPerMinute()));
    }

    private Mono<List<BrokerCandle>> collectPages(KlinePager pager, RestRequest request) {
        return pager.isComplete() ? Mono.just(pager.candles())
                : this.restClient.get(pager.createPageRequest(request)).flatMap((rows) -> {
                    pager.addPage(KlineParser.parseCandles(rows, pager.seconds()),
                            this.restClient.serverClock().millis());
                    return collectPages(pager, request);
                });
    }

    private static Mono<String> requireInterval(int seconds) {
        String interval = KlineParser.findInterval(seconds);
        return (interval != null) ? Mono.just(interval) : Mono.error(new BrokerException(BrokerException.Kind.REFUSED,
                "the broker has no candles of %d seconds".formatted(seconds)));
    }

}
