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

    private static final Duration SYMBOLS_FOR = Duration.ofMinutes(10);

    private final BackgroundTasks lifeline = new BackgroundTasks();

    private final EventLoop loop;

    private final BinanceRestClient rest;

    private final MarketStreamConnection line;

    private final KlineStreams candles;

    private final TickStreams ticks;

    private final ScheduledFuture<?> seconds;

    private final Mono<ExchangeInfo> symbols;

    MarketDataClient(EventLoop loop, WebSocketConnector sockets, ReconnectBackoff backoff, BinanceRestClient rest,
            BinanceProperties settings) {
        this.loop = loop;
        this.rest = rest;
        this.line = new MarketStreamConnection(loop, sockets, backoff, settings.streams(), this.lifeline,
                this::interrupted);
        this.candles = new KlineStreams(loop, this.line, rest, this.lifeline);
        this.ticks = new TickStreams(loop, this.line, rest.clock());
        this.seconds = loop.scheduleAtFixedRate(this.candles::pass, 1, 1, TimeUnit.SECONDS);
        this.symbols = Mono.defer(this::askSymbols)
            .cacheInvalidateWhen((exchangeInfo) -> Mono.delay(SYMBOLS_FOR).then());
    }

    /**
     * What can be traded.
     * @return all pairs, open or not; asked for at most once in ten minutes
     */
    public Mono<List<BrokerInstrument>> instruments() {
        return this.symbols.map(ExchangeInfo::all);
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
        return traded(symbol).then(interval(seconds)).flatMap((interval) -> {
            KlinePager pages = new KlinePager(seconds, from.getEpochSecond(), to.getEpochSecond());
            return timeKnown().then(collected(pages, KlineParser.question(symbol, interval)));
        });
    }

    /**
     * Candles as they happen; after an interruption what was missed comes first.
     * @param symbol of what
     * @param seconds of a candle, as for {@link #candles}
     * @return each closed candle once and in order, the forming one in between, about
     * every two seconds; ends with the market
     */
    public Flux<CandleUpdate> stream(String symbol, int seconds) {
        return traded(symbol).then(interval(seconds))
            .flatMap((interval) -> timeKnown().thenReturn(interval))
            .flatMapMany((interval) -> this.candles.stream(symbol, seconds, interval));
    }

    /**
     * Best prices and trades as they happen, as often as the broker tells them, which can
     * be many times a second. What happens during an interruption is not told later.
     * @param symbol of what
     * @return ticks; of those that wait because somebody is slow the oldest are dropped
     */
    public Flux<MarketTick> ticks(String symbol) {
        return traded(symbol).flatMap((symbolFilters) -> timeKnown().thenReturn(symbolFilters))
            .flatMapMany((known) -> this.ticks.stream(symbol));
    }

    /**
     * The rules of a symbol.
     * @param symbol such as {@code BTCUSDT}
     * @return never empty
     */
    Mono<SymbolFilters> traded(String symbol) {
        return this.symbols.flatMap((exchangeInfo) -> {
            SymbolFilters filters = exchangeInfo.filters(symbol);
            return (filters != null) ? Mono.just(filters)
                    : Mono.error(new BrokerException(BrokerException.Kind.NO_SUCH_SYMBOL,
                            "the broker does not trade '%s'".formatted(symbol)));
        });
    }

    void close() {
        this.loop.execute(() -> {
            this.seconds.cancel(false);
            this.candles.end();
            this.ticks.end();
            this.line.close();
            this.lifeline.cut();
        });
    }

    private void interrupted() {
        this.ticks.interrupt();
    }

    private Mono<Void> timeKnown() {
        return Mono.defer(() -> this.rest.clock().isKnown() ? Mono.empty() : this.rest.tellTime());
    }

    private Mono<ExchangeInfo> askSymbols() {
        return this.rest.ask(RestRequest.of("/v3/exchangeInfo", 20))
            .map(ExchangeInfo::new)
            .doOnNext((known) -> this.rest.budget().most(known.weight()));
    }

    private Mono<List<BrokerCandle>> collected(KlinePager pages, RestRequest question) {
        return pages.isComplete() ? Mono.just(pages.all()) : this.rest.ask(pages.asked(question)).flatMap((rows) -> {
            pages.take(KlineParser.all(rows, pages.seconds()), this.rest.clock().millis());
            return collected(pages, question);
        });
    }

    private static Mono<String> interval(int seconds) {
        String interval = KlineParser.interval(seconds);
        return (interval != null) ? Mono.just(interval) : Mono.error(new BrokerException(BrokerException.Kind.REFUSED,
                "the broker has no candles of %d seconds".formatted(seconds)));
    }

}
