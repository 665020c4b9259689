package pregao.session.broker.marketdata;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import reactor.core.publisher.Mono;

import pregao.session.broker.ingest.CandlePayload;
import pregao.session.broker.ingest.IngestClient;
import pregao.session.broker.ingest.IngestResult;

/**
 * The context that all streams of a feed share.
 *
 * @param key the API key of the feed
 * @param door the client of ingest
 * @param tenure the validity of the lease on this replica
 * @param meters the metrics of the feed
 * @param history how far back the first candles of an instrument go
 * @param clock the system clock
 */
record StreamContext(String key, IngestClient door, LeaseValidity tenure, MarketDataMetrics meters, Duration history,
        InstantSource clock) {

    /**
     * Posts candles if this replica still holds the lease.
     * @param candles the candles
     * @return the counts, or an error
     */
    Mono<IngestResult> post(List<CandlePayload> candles) {
        return Mono
            .defer(() -> this.tenure.isValid(System.nanoTime()) ? this.door.send(this.key, candles)
                    : Mono.error(new LeaseLostException()))
            .doOnNext(this.meters::recordResult)
            .doOnError(this.meters::recordFailure);
    }

    @Override
    public String toString() {
        return "StreamContext[hidden]";
    }

}
