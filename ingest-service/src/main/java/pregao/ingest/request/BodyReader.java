package pregao.ingest.request;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import pregao.ingest.backpressure.InFlightPermit;
import pregao.ingest.backpressure.InFlightProperties;
import pregao.ingest.parser.BodyDecoder;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Reads a body as it arrives, and unpacks it. What follows a large or packed body happens
 * on threads of its own, so that no event loop is held up by it.
 */
@Component
class BodyReader implements DisposableBean {

    /** A body above this is parsed away from the event loop. */
    private static final int LARGE = 256 * 1024;

    private static final int THREADS = 2;

    private static final int QUEUE = 256;

    private final Duration readTime;

    private final Scheduler parsing = Schedulers.newBoundedElastic(THREADS, QUEUE, "parse", 60, true);

    BodyReader(InFlightProperties limits) {
        this.readTime = limits.readTime();
    }

    /**
     * Reads a body.
     * @param request its request
     * @param headers of the request
     * @param slot the request's room
     * @param most how many bytes it may have, also unpacked
     * @return the JSON, on a thread on which it may be parsed
     */
    Mono<BodyDecoder> read(ServerHttpRequest request, IngestHeaders headers, InFlightPermit slot, int most) {
        boolean packed = headers.isPacked();
        boolean counted = headers.length() < 0;
        return Mono.firstWithSignal(joined(request, slot, most, counted), cutOff(slot))
            .doOnNext((bytes) -> slot.arrived())
            .flatMap((bytes) -> (packed || bytes.length > LARGE)
                    ? Mono.fromCallable(() -> text(bytes, packed, slot, most)).subscribeOn(this.parsing)
                    : Mono.fromCallable(() -> text(bytes, false, slot, most)))
            .onErrorMap(RejectedExecutionException.class,
                    (ex) -> IngestException.tryAgain(ProblemType.BUSY, "too many large bodies are under way", ex));
    }

    private static BodyDecoder text(byte[] bytes, boolean packed, InFlightPermit slot, int most) {
        return BodyDecoder.of(packed ? GzipDecoder.gunzip(bytes, most, slot) : bytes);
    }

    private Mono<byte[]> joined(ServerHttpRequest request, InFlightPermit slot, int most, boolean counted) {
        return DataBufferUtils.join(request.getBody().doOnNext((buffer) -> arrive(buffer, slot, counted)), most)
            .map(BodyReader::bytes)
            .defaultIfEmpty(new byte[0])
            .timeout(this.readTime)
            .onErrorMap(TimeoutException.class,
                    (ex) -> IngestException.of(ProblemType.TIMEOUT, "the body did not arrive within " + this.readTime,
                            ex))
            .onErrorMap(DataBufferLimitException.class, (ex) -> tooLarge(most));
    }

    /** A body that does not say its length takes its room as it comes. */
    private static void arrive(DataBuffer buffer, InFlightPermit slot, boolean counted) {
        int bytes = buffer.readableByteCount();
        slot.received(bytes);
        if (counted && !slot.grow(bytes)) {
            DataBufferUtils.release(buffer);
            throw IngestException.tryAgain(ProblemType.BUSY, "too many bytes are under way");
        }
    }

    private static Mono<byte[]> cutOff(InFlightPermit slot) {
        return slot.whenCutOff()
            .then(Mono.error(() -> IngestException.tryAgain(ProblemType.TIMEOUT,
                    "the body arrived too slowly while many requests were under way")));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    static IngestException tooLarge(int most) {
        return IngestException.of(ProblemType.TOO_LARGE, "the body is larger than %,d bytes".formatted(most));
    }

    @Override
    public void destroy() {
        this.parsing.dispose();
    }

}
