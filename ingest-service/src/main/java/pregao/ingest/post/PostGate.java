package pregao.ingest.post;

import java.time.Clock;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

import pregao.contracts.feed.Feed;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.ea.RequestClock;
import pregao.ingest.feed.FeedTable;
import pregao.ingest.instrument.InstrumentRegistry;
import pregao.ingest.key.KeyCheck;
import pregao.ingest.limit.InFlight;
import pregao.ingest.limit.RequestLimit;
import pregao.ingest.limit.Sender;
import pregao.ingest.limit.Slot;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Checks the key, takes room, reads the body, has the work done, and gives the room back.
 */
@Component
public class PostGate {

    private final KeyCheck keys;

    private final FeedTable feeds;

    private final InFlight inFlight;

    private final BodyReader bodies;

    private final InstrumentRegistry instruments;

    private final Clock clock;

    PostGate(KeyCheck keys, FeedTable feeds, InFlight inFlight, BodyReader bodies, InstrumentRegistry instruments,
            Clock clock) {
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
            Function<Post, Mono<ResponseEntity<byte[]>>> work) {
        return Mono.defer(() -> {
            ApiKey key = this.keys.require(request.getHeaders(), Scope.INGEST);
            PostHeaders headers = new PostHeaders(request.getHeaders());
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

    private Slot acquire(Sender sender, long bytes) {
        Slot slot = this.inFlight.acquire(sender, bytes);
        if (slot == null) {
            throw Problem.tryAgain(ProblemType.BUSY, "too many requests or bytes are under way");
        }
        return slot;
    }

    private Mono<Post> read(ServerHttpRequest request, PostHeaders headers, ApiKey key, Slot slot, RequestLimit limit) {
        Feed feed = this.feeds.named(key.feed());
        return this.instruments.of(feed.name())
            .flatMap((known) -> this.bodies.read(request, headers, slot, limit.bytes())
                .map((body) -> new Post(key.owner(), feed, body,
                        new RequestClock(this.clock.millis(), feed.clock(), feed.grid(), headers.offset()), known,
                        limit.items(), headers.wantsMinimal())));
    }

}
