package pregao.gateway.limit;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import pregao.gateway.filter.FilterOrder;
import pregao.gateway.problem.ProblemDefinition;
import pregao.gateway.problem.ProblemException;

/**
 * Filter that rejects bodies that are too large, by their {@code Content-Length} or else
 * by counting the received bytes.
 */
@Component
@Order(FilterOrder.REQUEST_SIZE)
class RequestSizeFilter implements WebFilter {

    /**
     * A body of up to this many times the limit is drained, so that its sender can read
     * the response.
     */
    private static final int DRAIN_FACTOR = 4;

    private static final String INGEST_PATH = "/ingest";

    private final long maxBytes;

    private final long maxIngestBytes;

    RequestSizeFilter(RequestSizeProperties settings) {
        this.maxBytes = settings.maxRequestSize().toBytes();
        this.maxIngestBytes = settings.maxIngestRequestSize().toBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        long limit = exchange.getRequest().getPath().value().startsWith(INGEST_PATH) ? this.maxIngestBytes
                : this.maxBytes;
        if (headers.getContentLength() > limit) {
            return reject(exchange.getRequest(), limit);
        }
        if (headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null) {
            return chain.filter(exchange);
        }
        return chain.filter(exchange.mutate().request(new SizeLimitedRequest(exchange.getRequest(), limit)).build());
    }

    private static Mono<Void> reject(ServerHttpRequest request, long limit) {
        HttpHeaders headers = request.getHeaders();
        boolean expectsContinue = headers.getFirst(HttpHeaders.EXPECT) != null;
        if (expectsContinue || headers.getContentLength() > limit * DRAIN_FACTOR) {
            return Mono.error(() -> createContentTooLarge(limit));
        }
        return limitBody(request.getBody(), limit).map(DataBufferUtils::release).then();
    }

    private static Flux<DataBuffer> limitBody(Flux<DataBuffer> body, long limit) {
        return Flux.defer(() -> {
            AtomicLong receivedBytes = new AtomicLong();
            Mono<DataBuffer> end = Mono
                .defer(() -> (receivedBytes.get() > limit) ? Mono.error(createContentTooLarge(limit)) : Mono.empty());
            return body.<DataBuffer>handle((buffer, sink) -> emitWithinLimit(buffer, receivedBytes, sink, limit))
                .concatWith(end);
        });
    }

    private static void emitWithinLimit(DataBuffer buffer, AtomicLong receivedBytes, SynchronousSink<DataBuffer> sink,
            long limit) {
        long total = receivedBytes.addAndGet(buffer.readableByteCount());
        if (total <= limit) {
            sink.next(buffer);
            return;
        }
        DataBufferUtils.release(buffer);
        if (total > limit * DRAIN_FACTOR) {
            sink.error(createContentTooLarge(limit));
        }
    }

    private static ProblemException createContentTooLarge(long limit) {
        return ProblemDefinition.contentTooLarge(limit).asException();
    }

    /**
     * Request whose body fails if it is too large.
     */
    private static final class SizeLimitedRequest extends ServerHttpRequestDecorator {

        private final long limit;

        SizeLimitedRequest(ServerHttpRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return limitBody(super.getBody(), this.limit);
        }

    }

}
