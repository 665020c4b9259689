package pregao.session.broker.backfill;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.backfill.BackfillRequest;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.ingest.CandlePayload;
import pregao.session.broker.ingest.IngestClient;
import pregao.session.broker.ingest.IngestResult;
import pregao.session.broker.ingest.IngestUnavailableException;
import pregao.session.broker.ingest.RetrySpecs;
import pregao.session.broker.marketdata.BrokerFeed;
import pregao.session.broker.marketdata.BrokerFeedRegistry;
import pregao.session.broker.marketdata.MarketDataSource;

/**
 * A handler of backfill requests. It fetches candles from the broker page by page, oldest
 * first, and sends them to ingest.
 */
@Component
class BackfillHandler {

    private static final int PAGE_SIZE = 1000;

    /**
     * With increasing backoff, about twenty minutes. If it fails, the client must send
     * the request again.
     */
    private static final int MAX_ATTEMPTS = 120;

    private final BrokerFeedRegistry feeds;

    private final IngestClient ingestClient;

    BackfillHandler(BrokerFeedRegistry feeds, IngestClient ingestClient) {
        this.feeds = feeds;
        this.ingestClient = ingestClient;
    }

    /**
     * Returns the feeds whose requests this service handles.
     * @return the names of the feeds
     */
    Set<String> feeds() {
        return this.feeds.names();
    }

    /**
     * Handles a request of one of the feeds.
     * @param request the time range to fill
     * @return the counts of the candles that the broker has; a {@link BrokerException}
     * immediately if no session is connected; another error if all retries failed
     */
    Mono<IngestResult> handle(BackfillRequest request) {
        BrokerFeed feed = this.feeds.findByName(request.instrument().feed()).orElseThrow();
        long pageMillis = PAGE_SIZE * request.timeframe().millis();
        return Flux.<Long, Long>generate(request::from, (from, sink) -> {
            if (from >= request.to()) {
                sink.complete();
            }
            else {
                sink.next(from);
            }
            return from + pageMillis;
        })
            .concatMap((from) -> fillPage(feed, request, from, Math.min(request.to(), from + pageMillis)), 1)
            .reduce(IngestResult.NOTHING, IngestResult::plus);
    }

    private Mono<IngestResult> fillPage(BrokerFeed feed, BackfillRequest request, long from, long to) {
        Mono<MarketDataSource> openSource = Mono.defer(feed.sources())
            .switchIfEmpty(Mono
                .error(() -> new BrokerException(BrokerException.Kind.NOT_CONNECTED, "no session is open here")));
        return openSource
            .flatMap((source) -> source.candles(request.instrument().symbol(),
                    (int) (request.timeframe().millis() / 1000), Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)))
            .flatMap((candles) -> sendCandles(feed, request, candles))
            .retryWhen(RetrySpecs.limited(MAX_ATTEMPTS, BackfillHandler::isRetryable));
    }

    private Mono<IngestResult> sendCandles(BrokerFeed feed, BackfillRequest request, List<BrokerCandle> candles) {
        return Flux.fromIterable(candles)
            .map((candle) -> new CandlePayload(request.instrument().symbol(), request.timeframe(), candle, true))
            .buffer(IngestClient.MAX_CANDLES)
            .concatMap((batch) -> this.ingestClient.send(feed.key(), batch))
            .reduce(IngestResult.NOTHING, IngestResult::plus);
    }

    private static boolean isRetryable(Throwable failure) {
        return failure instanceof IngestUnavailableException || (failure instanceof BrokerException brokerException
                && brokerException.isTransient() && !isNotConnected(brokerException));
    }

    /**
     * Returns whether no session is connected. Retries cannot open a session, so the
     * caller waits for one instead.
     */
    static boolean isNotConnected(BrokerException failure) {
        return failure.kind() == BrokerException.Kind.NOT_CONNECTED;
    }

}
