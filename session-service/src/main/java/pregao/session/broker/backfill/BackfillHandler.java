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
 * Answers one wish: asks the broker page by page, oldest first, and posts what it has.
 */
@Component
class BackfillHandler {

    private static final int PAGE = 1000;

    /** With growing pauses, some twenty minutes; whoever misses it wishes again. */
    private static final int MAX_ATTEMPTS = 120;

    private final BrokerFeedRegistry feeds;

    private final IngestClient door;

    BackfillHandler(BrokerFeedRegistry feeds, IngestClient door) {
        this.feeds = feeds;
        this.door = door;
    }

    /**
     * The feeds whose wishes are answered here.
     * @return their names
     */
    Set<String> feeds() {
        return this.feeds.names();
    }

    /**
     * Answers a wish of one of the feeds.
     * @param wish what is missing
     * @return what became of what the broker has; a {@link BrokerException} at once where
     * no session is connected; another error where it has given up
     */
    Mono<IngestResult> answer(BackfillRequest wish) {
        BrokerFeed feed = this.feeds.named(wish.instrument().feed()).orElseThrow();
        long page = PAGE * wish.timeframe().millis();
        return Flux.<Long, Long>generate(wish::from, (from, sink) -> {
            if (from >= wish.to()) {
                sink.complete();
            }
            else {
                sink.next(from);
            }
            return from + page;
        })
            .concatMap((from) -> page(feed, wish, from, Math.min(wish.to(), from + page)), 1)
            .reduce(IngestResult.NOTHING, IngestResult::plus);
    }

    private Mono<IngestResult> page(BrokerFeed feed, BackfillRequest wish, long from, long to) {
        Mono<MarketDataSource> source = Mono.defer(feed.sources())
            .switchIfEmpty(Mono
                .error(() -> new BrokerException(BrokerException.Kind.NOT_CONNECTED, "no session is open here")));
        return source
            .flatMap((open) -> open.candles(wish.instrument().symbol(), (int) (wish.timeframe().millis() / 1000),
                    Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)))
            .flatMap((candles) -> posted(feed, wish, candles))
            .retryWhen(RetrySpecs.limited(MAX_ATTEMPTS, BackfillHandler::isForNow));
    }

    private Mono<IngestResult> posted(BrokerFeed feed, BackfillRequest wish, List<BrokerCandle> candles) {
        return Flux.fromIterable(candles)
            .map((candle) -> new CandlePayload(wish.instrument().symbol(), wish.timeframe(), candle, true))
            .buffer(IngestClient.MAX_CANDLES)
            .concatMap((batch) -> this.door.send(feed.key(), batch))
            .reduce(IngestResult.NOTHING, IngestResult::plus);
    }

    private static boolean isForNow(Throwable failure) {
        return failure instanceof IngestUnavailableException
                || (failure instanceof BrokerException broker && broker.isTransient() && !isParked(broker));
    }

    /** Retries cannot open a session, so the caller waits for one instead. */
    static boolean isParked(BrokerException failure) {
        return failure.kind() == BrokerException.Kind.NOT_CONNECTED;
    }

}
