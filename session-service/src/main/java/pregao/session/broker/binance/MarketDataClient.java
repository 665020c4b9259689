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
 * Client for Binance's public market data, which needs no account: symbols, candles, and
 * prices. All streams share one connection, each stream once. The connection reconnects
 * automatically. Requests fail with {@link BrokerException} only. Results arrive on an
 * event loop, so subscribers must not block. Symbols are Binance's, such as
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
     * Returns all instruments, whether their market is open or not. The list is cached
     * for 10 minutes.
     * @return the instruments
     */
    public Mono<List<BrokerInstrument>> instruments() {
        return this.exchangeInfo.map(ExchangeInfo::instruments);
    }

    /**
     * Fetches the final candles of a time range, with as many requests as needed.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @param seconds the length of a candle in seconds: 1, 60, 180, 300, 900, 1800, 3600,
     * 7200, 14400, 21600, 28800, 43200 or 86400
     * @param from the start, inclusive
     * @param to the end, exclusive
     * @return the candles, oldest first; a candle that is missing here is missing at
     * Binance
     */
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return findFilters(symbol).then(requireInterval(seconds)).flatMap((interval) -> {
            KlinePager pager = new KlinePager(seconds, from.getEpochSecond(), to.getEpochSecond());
            return ensureTimeKnown().then(collectPages(pager, KlineParser.createRequest(symbol, interval)));
        });
    }

    /**
     * Streams candles. After an interruption the missed candles come first.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @param seconds the length of a candle in seconds, as for {@link #candles}
     * @return each final candle once and in order, with updates of the forming candle in
     * between, about every 2 s; completes when this client closes
     */
    public Flux<CandleUpdate> streamCandles(String symbol, int seconds) {
        return findFilters(symbol).then(requireInterval(seconds))
            .flatMap((interval) -> ensureTimeKnown().thenReturn(interval))
            .flatMapMany((interval) -> this.klineStreams.stream(symbol, seconds, interval));
    }

    /**
     * Streams best prices and trades as often as Binance sends them, which can be many
     * times per second. Ticks during an interruption are lost.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @return the ticks; if the subscriber is slow, the oldest waiting ticks are dropped
     */
    public Flux<MarketTick> streamTicks(String symbol) {
        return findFilters(symbol).flatMap((filters) -> ensureTimeKnown().thenReturn(filters))
            .flatMapMany((filters) -> this.tickStreams.stream(symbol));
    }

    /**
     * Returns the filters of a symbol.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @return the filters, or a {@link BrokerException} if the symbol isn't traded
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
            this.backgroundTasks.cancelAll();
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
