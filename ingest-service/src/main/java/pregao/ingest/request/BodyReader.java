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
 * Reader of request bodies that processes them as they arrive and decompresses them.
 * Large and compressed bodies are processed on separate threads so that they do not block
 * an event loop.
 */
@Component
class BodyReader implements DisposableBean {

    /** Bodies larger than this are parsed off the event loop, in bytes. */
    private static final int MAX_EVENT_LOOP_PARSE_SIZE = 256 * 1024;

    private static final int PARSER_THREADS = 2;

    private static final int MAX_QUEUED_TASKS = 256;

    private final Duration readTimeout;

    private final Scheduler parseScheduler = Schedulers.newBoundedElastic(PARSER_THREADS, MAX_QUEUED_TASKS, "parse", 60,
            true);

    BodyReader(InFlightProperties properties) {
        this.readTimeout = properties.readTime();
    }

    /**
     * Reads the body of a request.
     * @param request the request
     * @param headers the headers of the request
     * @param permit the in-flight permit of the request
     * @param maxBytes the maximum size of the body, also after decompression
     * @return the JSON, emitted on a thread on which it may be parsed, or an
     * {@link IngestException}: 400 if the body is not gzip as declared, 408 if it arrives
     * too slowly, 413 if it is too large, 429 if too many bytes are in flight
     */
    Mono<BodyDecoder> read(ServerHttpRequest request, IngestHeaders headers, InFlightPermit permit, int maxBytes) {
        boolean gzipped = headers.isGzipped();
        boolean lengthUnknown = headers.contentLength() < 0;
        return Mono.firstWithSignal(readBytes(request, permit, maxBytes, lengthUnknown), failWhenCutOff(permit))
            .doOnNext((bytes) -> permit.markBodyReceived())
            .flatMap((bytes) -> (gzipped || bytes.length > MAX_EVENT_LOOP_PARSE_SIZE)
                    ? Mono.fromCallable(() -> decode(bytes, gzipped, permit, maxBytes)).subscribeOn(this.parseScheduler)
                    : Mono.fromCallable(() -> decode(bytes, false, permit, maxBytes)))
            .onErrorMap(RejectedExecutionException.class,
                    (ex) -> IngestException.retryLater(ProblemType.BUSY, "too many large bodies are under way", ex));
    }

    private static BodyDecoder decode(byte[] bytes, boolean gzipped, InFlightPermit permit, int maxBytes) {
        return BodyDecoder.of(gzipped ? GzipDecoder.decompress(bytes, maxBytes, permit) : bytes);
    }

    private Mono<byte[]> readBytes(ServerHttpRequest request, InFlightPermit permit, int maxBytes,
            boolean lengthUnknown) {
        return DataBufferUtils
            .join(request.getBody().doOnNext((buffer) -> onBuffer(buffer, permit, lengthUnknown)), maxBytes)
            .map(BodyReader::toBytes)
            .defaultIfEmpty(new byte[0])
            .timeout(this.readTimeout)
            .onErrorMap(TimeoutException.class,
                    (ex) -> IngestException.of(ProblemType.TIMEOUT,
                            "the body did not arrive within " + this.readTimeout, ex))
            .onErrorMap(DataBufferLimitException.class, (ex) -> tooLarge(maxBytes));
    }

    /** Reserves capacity as the bytes arrive if the length is not declared. */
    private static void onBuffer(DataBuffer buffer, InFlightPermit permit, boolean lengthUnknown) {
        int bytes = buffer.readableByteCount();
        permit.addReceivedBytes(bytes);
        if (lengthUnknown && !permit.tryReserve(bytes)) {
            DataBufferUtils.release(buffer);
            throw IngestException.retryLater(ProblemType.BUSY, "too many bytes are under way");
        }
    }

    private static Mono<byte[]> failWhenCutOff(InFlightPermit permit) {
        return permit.whenCutOff()
            .then(Mono.error(() -> IngestException.retryLater(ProblemType.TIMEOUT,
                    "the body arrived too slowly while many requests were under way")));
    }

    private static byte[] toBytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    static IngestException tooLarge(int maxBytes) {
        return IngestException.of(ProblemType.TOO_LARGE, "the body is larger than %,d bytes".formatted(maxBytes));
    }

    @Override
    public void destroy() {
        this.parseScheduler.dispose();
    }

}
