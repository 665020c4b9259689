package pregao.session.price;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import reactor.core.publisher.Mono;

import pregao.session.ingest.GivenCandle;
import pregao.session.ingest.IngestDoor;
import pregao.session.ingest.Posted;

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
record Streaming(String key, IngestDoor door, Tenure tenure, PriceMeters meters, Duration history,
        InstantSource clock) {

    /**
     * Posts candles, if the feed is still ours.
     * @param candles any
     * @return what became of them, or an error
     */
    Mono<Posted> post(List<GivenCandle> candles) {
        return Mono.defer(() -> this.tenure.holds(System.nanoTime()) ? this.door.post(this.key, candles)
                : Mono.error(new TenureLost()))
            .doOnNext(this.meters::posted)
            .doOnError(this.meters::failed);
    }

    @Override
    public String toString() {
        return "Streaming[hidden]";
    }

}
