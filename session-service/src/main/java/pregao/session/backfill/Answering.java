package pregao.session.backfill;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.backfill.BackfillWish;
import pregao.session.broker.BrokerCandle;
import pregao.session.broker.BrokerFailure;
import pregao.session.ingest.Again;
import pregao.session.ingest.GivenCandle;
import pregao.session.ingest.IngestAway;
import pregao.session.ingest.IngestDoor;
import pregao.session.ingest.Posted;
import pregao.session.price.BrokerFeed;
import pregao.session.price.BrokerFeeds;
import pregao.session.price.Source;

/**
 * Answers one wish: asks the broker page by page, oldest first, and posts what it has.
 */
@Component
class Answering {

    private static final int PAGE = 1000;

    /** With growing pauses, some twenty minutes; whoever misses it wishes again. */
    private static final int TRIES = 120;

    private final BrokerFeeds feeds;

    private final IngestDoor door;

    Answering(BrokerFeeds feeds, IngestDoor door) {
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
     * @return what became of what the broker has; a {@link BrokerFailure} at once where
     * no session is connected; another error where it has given up
     */
    Mono<Posted> answer(BackfillWish wish) {
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
            .reduce(Posted.NOTHING, Posted::plus);
    }

    private Mono<Posted> page(BrokerFeed feed, BackfillWish wish, long from, long to) {
        Mono<Source> source = Mono.defer(feed.sources())
            .switchIfEmpty(
                    Mono.error(() -> new BrokerFailure(BrokerFailure.Kind.NOT_CONNECTED, "no session is open here")));
        return source
            .flatMap((open) -> open.candles(wish.instrument().symbol(), (int) (wish.timeframe().millis() / 1000),
                    Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)))
            .flatMap((candles) -> posted(feed, wish, candles))
            .retryWhen(Again.times(TRIES, Answering::isForNow));
    }

    private Mono<Posted> posted(BrokerFeed feed, BackfillWish wish, List<BrokerCandle> candles) {
        return Flux.fromIterable(candles)
            .map((candle) -> new GivenCandle(wish.instrument().symbol(), wish.timeframe(), candle, true))
            .buffer(IngestDoor.MOST)
            .concatMap((batch) -> this.door.post(feed.key(), batch))
            .reduce(Posted.NOTHING, Posted::plus);
    }

    private static boolean isForNow(Throwable failure) {
        return failure instanceof IngestAway
                || (failure instanceof BrokerFailure broker && broker.isForNow() && !isParked(broker));
    }

    /** Retries cannot open a session, so the caller waits for one instead. */
    static boolean isParked(BrokerFailure failure) {
        return failure.kind() == BrokerFailure.Kind.NOT_CONNECTED;
    }

}
