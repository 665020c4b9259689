package pregao.ingest.quarantine;

import java.time.Clock;
import java.util.List;

import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Topic;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickChange;
import pregao.contracts.tick.TickCodec;
import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.feed.FeedRegistry;
import pregao.ingest.kafka.OutboundRecord;
import pregao.ingest.tick.TickPublisher;

/**
 * Service that requests that ticks leave quarantine or return to it. The requests are
 * records of the topic {@code tick}, which aggregator-service applies in order.
 */
@Service
class TickReleaseService {

    private final TickQuarantineRepository tickQuarantineRepository;

    private final TickPublisher tickPublisher;

    private final FeedRegistry feedRegistry;

    private final Clock clock;

    TickReleaseService(TickQuarantineRepository tickQuarantineRepository, TickPublisher tickPublisher,
            FeedRegistry feedRegistry, Clock clock) {
        this.tickQuarantineRepository = tickQuarantineRepository;
        this.tickPublisher = tickPublisher;
        this.feedRegistry = feedRegistry;
        this.clock = clock;
    }

    /**
     * Returns whether an ID in quarantine belongs to a tick.
     * @param id the ID
     * @return true for even IDs; candles have odd ones
     */
    static boolean isTick(long id) {
        return id % 2 == 0;
    }

    /**
     * Requests a change of a tick, unless the tick is already in the requested state.
     * @param feed the feed of the tick
     * @param id the ID of the tick in quarantine
     * @param change the change
     * @return the result, or empty if there is no such tick
     */
    Mono<Result> requestChange(String feed, long id, TickChange change) {
        return this.tickQuarantineRepository.find(feed, id).flatMap((tick) -> {
            boolean released = tick.state() == QuarantineQuery.State.RELEASED;
            if (released == (change.kind() == TickChange.Kind.RELEASE)) {
                return Mono.just(new Result(tick, true));
            }
            return publish(List.of(tick), change).thenReturn(new Result(tick, false));
        });
    }

    /**
     * Requests a change of several ticks.
     * @param ticks the ticks, all of one instrument
     * @param change the change
     * @return completes when Kafka has acknowledged the request
     */
    Mono<Void> publish(List<QuarantinedTick> ticks, TickChange change) {
        if (ticks.isEmpty()) {
            return Mono.empty();
        }
        Instrument instrument = ticks.getFirst().instrument();
        PriceBasis basis = this.feedRegistry.getFeed(instrument.feed()).basis();
        TickBatch.Builder batch = TickBatch.of(instrument, basis, this.clock.millis(), ticks.size()).change(change);
        for (QuarantinedTick tick : ticks) {
            TickBatch tickBatch = tick.ticks();
            batch.add(tickBatch.time(0), tickBatch.seq(0), tickBatch.bid(0), tickBatch.ask(0), tickBatch.last(0),
                    tickBatch.volume(0), tickBatch.flags(0));
        }
        return this.tickPublisher
            .publish(List.of(new OutboundRecord(Topic.TICK, instrument.key(), TickCodec.encode(batch.build()))));
    }

    /**
     * Result of a request.
     *
     * @param tick the tick before the change
     * @param done whether the tick was already in the requested state
     */
    record Result(QuarantinedTick tick, boolean done) {
    }

}
