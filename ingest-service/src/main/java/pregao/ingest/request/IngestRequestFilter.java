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
 * Steps common to all ingest requests: authenticates the caller, acquires an in-flight
 * permit, reads the body, calls the handler, and releases the permit.
 */
@Component
public class IngestRequestFilter {

    private final ApiKeyAuthenticator authenticator;

    private final FeedRegistry feedRegistry;

    private final InFlightLimiter inFlightLimiter;

    private final BodyReader bodyReader;

    private final InstrumentRegistry instrumentRegistry;

    private final Clock clock;

    IngestRequestFilter(ApiKeyAuthenticator authenticator, FeedRegistry feedRegistry, InFlightLimiter inFlightLimiter,
            BodyReader bodyReader, InstrumentRegistry instrumentRegistry, Clock clock) {
        this.authenticator = authenticator;
        this.feedRegistry = feedRegistry;
        this.inFlightLimiter = inFlightLimiter;
        this.bodyReader = bodyReader;
        this.instrumentRegistry = instrumentRegistry;
        this.clock = clock;
    }

    /**
     * Processes a request. Nothing happens until the result is subscribed to.
     * @param request a request with an API key that has the scope {@code ingest}
     * @param limit the maximum number of items and bytes
     * @param handler handles the request after the checks
     * @return the response of the handler, or an {@link IngestException}
     */
    public Mono<ResponseEntity<byte[]>> handle(ServerHttpRequest request, RequestLimit limit,
            Function<IngestRequest, Mono<ResponseEntity<byte[]>>> handler) {
        return Mono.defer(() -> {
            ApiKey key = this.authenticator.requireApiKey(request.getHeaders(), Scope.INGEST);
            IngestHeaders headers = new IngestHeaders(request.getHeaders());
            headers.check();
            if (headers.contentLength() > limit.bytes()) {
                throw BodyReader.tooLarge(limit.bytes());
            }
            Sender sender = new Sender(key.hash(), ClientAddress.resolve(request));
            return Mono.usingWhen(Mono.fromCallable(() -> acquire(sender, Math.max(headers.contentLength(), 0))),
                    (permit) -> readRequest(request, headers, key, permit, limit).flatMap(handler),
                    (permit) -> Mono.fromRunnable(permit::release));
        });
    }

    private InFlightPermit acquire(Sender sender, long size) {
        InFlightPermit permit = this.inFlightLimiter.acquire(sender, size);
        if (permit == null) {
            throw IngestException.retryLater(ProblemType.BUSY, "too many requests or bytes are under way");
        }
        return permit;
    }

    private Mono<IngestRequest> readRequest(ServerHttpRequest request, IngestHeaders headers, ApiKey key,
            InFlightPermit permit, RequestLimit limit) {
        Feed feed = this.feedRegistry.getFeed(key.feed());
        return this.instrumentRegistry.getInstruments(feed.name())
            .flatMap((feedInstruments) -> this.bodyReader.read(request, headers, permit, limit.bytes())
                .map((body) -> new IngestRequest(key.owner(), feed, body,
                        new TimestampResolver(this.clock.millis(), feed.clock(), feed.grid(), headers.utcOffset()),
                        feedInstruments, limit.items(), headers.prefersMinimal())));
    }

}
