package pregao.ingest.request;

import java.time.Clock;
import java.util.function.Function;

import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.feed.Feed;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.backpressure.InFlightLimiter;
import pregao.ingest.backpressure.InFlightPermit;
import pregao.ingest.backpressure.RequestLimit;
import pregao.ingest.backpressure.Sender;
import pregao.ingest.feed.FeedRegistry;
import pregao.ingest.instrument.InstrumentRegistry;
import pregao.ingest.key.ApiKeyAuthenticator;
import pregao.ingest.parser.TimestampResolver;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Checks the key, takes room, reads the body, has the work done, and gives the room back.
 */
@Component
public class IngestRequestFilter {

    private final ApiKeyAuthenticator keys;

    private final FeedRegistry feeds;

    private final InFlightLimiter inFlight;

    private final BodyReader bodies;

    private final InstrumentRegistry instruments;

    private final Clock clock;

    IngestRequestFilter(ApiKeyAuthenticator keys, FeedRegistry feeds, InFlightLimiter inFlight, BodyReader bodies,
            InstrumentRegistry instruments, Clock clock) {
        this.keys = keys;
        this.feeds = feeds;
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.instruments = instruments;
        this.clock = clock;
    }

    /**
     * Lets a request pass.
     * @param request with a key of scope {@code ingest}
     * @param limit how large it may be
     * @param work what is done with it
     * @return the work's answer; nothing happens before somebody subscribes
     */
    public Mono<ResponseEntity<byte[]>> pass(ServerHttpRequest request, RequestLimit limit,
            Function<IngestRequest, Mono<ResponseEntity<byte[]>>> work) {
        return Mono.defer(() -> {
            ApiKey key = this.keys.require(request.getHeaders(), Scope.INGEST);
            IngestHeaders headers = new IngestHeaders(request.getHeaders());
            headers.check();
            if (headers.length() > limit.bytes()) {
                throw BodyReader.tooLarge(limit.bytes());
            }
            Sender sender = new Sender(key.hash(), ClientAddress.of(request));
            return Mono.usingWhen(Mono.fromCallable(() -> acquire(sender, Math.max(headers.length(), 0))),
                    (slot) -> read(request, headers, key, slot, limit).flatMap(work),
                    (slot) -> Mono.fromRunnable(slot::release));
        });
    }

    private InFlightPermit acquire(Sender sender, long bytes) {
        InFlightPermit slot = this.inFlight.acquire(sender, bytes);
        if (slot == null) {
            throw IngestException.tryAgain(ProblemType.BUSY, "too many requests or bytes are under way");
        }
        return slot;
    }

    private Mono<IngestRequest> read(ServerHttpRequest request, IngestHeaders headers, ApiKey key, InFlightPermit slot,
            RequestLimit limit) {
        Feed feed = this.feeds.named(key.feed());
        return this.instruments.of(feed.name())
            .flatMap((feedInstruments) -> this.bodies.read(request, headers, slot, limit.bytes())
                .map((body) -> new IngestRequest(key.owner(), feed, body,
                        new TimestampResolver(this.clock.millis(), feed.clock(), feed.grid(), headers.offset()),
                        feedInstruments, limit.items(), headers.wantsMinimal())));
    }

}
