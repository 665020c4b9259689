package pregao.session.broker.marketdata;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import reactor.core.publisher.Mono;

import pregao.session.broker.ingest.CandlePayload;
import pregao.session.broker.ingest.IngestClient;
import pregao.session.broker.ingest.IngestResult;

/**
 * What all streams of a feed share.
 *
 * @param key of the feed
 * @param door where candles go
 * @param tenure whether the feed is this replica's
 * @param meters counts
 * @param history how far back the first candles of an instrument go
 * @param clock ours
 */
record StreamContext(String key, IngestClient door, LeaseValidity tenure, MarketDataMetrics meters, Duration history,
        InstantSource clock) {

    /**
     * Posts candles, if the feed is still ours.
     * @param candles any
     * @return what became of them, or an error
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
