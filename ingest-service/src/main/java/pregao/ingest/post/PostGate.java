package pregao.ingest.post;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

import pregao.contracts.feed.Feed;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.ea.BodyText;
import pregao.ingest.ea.RequestClock;
import pregao.ingest.feed.FeedTable;
import pregao.ingest.key.KeyCheck;
import pregao.ingest.limit.InFlight;
import pregao.ingest.limit.LimitSettings;
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

    private final Clock clock;

    private final int mostBytes;

    private final Duration readTime;

    public PostGate(KeyCheck keys, FeedTable feeds, InFlight inFlight, LimitSettings limits, Clock clock) {
        this.keys = keys;
        this.feeds = feeds;
        this.inFlight = inFlight;
        this.clock = clock;
        this.mostBytes = (int) limits.body().toBytes();
        this.readTime = limits.readTime();
    }

    /**
     * Lets a request pass.
     * @param request with a key of scope {@code ingest}
     * @param work what is done with it
     * @return the work's answer
     */
    public Mono<ResponseEntity<byte[]>> pass(ServerHttpRequest request,
            Function<Post, Mono<ResponseEntity<byte[]>>> work) {
        ApiKey key = this.keys.require(request.getHeaders(), Scope.INGEST);
        Feed feed = this.feeds.named(key.feed());
        PostHeaders headers = new PostHeaders(request.getHeaders());
        headers.checkType();
        boolean packed = headers.isPacked();
        RequestClock time = new RequestClock(this.clock.millis(), feed.clock(), feed.grid(), headers.offset());
        if (headers.length() > this.mostBytes) {
            throw tooLarge();
        }
        long room = (headers.length() >= 0 && !packed) ? headers.length() : this.mostBytes;
        if (!this.inFlight.acquire(room)) {
            throw Problem.tryAgain(ProblemType.BUSY, "too many requests are under way");
        }
        return read(request).map((body) -> packed ? Inflation.gunzip(body, this.mostBytes) : body)
            .map((body) -> new Post(key.owner(), feed, BodyText.of(body), time, headers.wantsMinimal()))
            .flatMap(work)
            .doFinally((signal) -> this.inFlight.release(room));
    }

    private Mono<byte[]> read(ServerHttpRequest request) {
        return DataBufferUtils.join(request.getBody(), this.mostBytes)
            .map(PostGate::bytes)
            .defaultIfEmpty(new byte[0])
            .timeout(this.readTime)
            .onErrorMap(TimeoutException.class,
                    (ex) -> Problem.of(ProblemType.TIMEOUT, "the body did not arrive within " + this.readTime, ex))
            .onErrorMap(DataBufferLimitException.class, (ex) -> tooLarge());
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private Problem tooLarge() {
        return Problem.of(ProblemType.TOO_LARGE, "the body is larger than %,d bytes".formatted(this.mostBytes));
    }

}
