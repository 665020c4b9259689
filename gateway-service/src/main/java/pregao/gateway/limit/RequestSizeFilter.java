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
 * Refuses bodies that are too large: by what they say of themselves, or else by counting
 * as they come.
 */
@Component
@Order(FilterOrder.BODY_LIMIT)
class RequestSizeFilter implements WebFilter {

    /**
     * A body up to so many times the limit is read to its end, so that its sender hears
     * why.
     */
    private static final int SWALLOWED = 4;

    private static final String INGEST = "/ingest";

    private final long most;

    private final long mostOfIngest;

    RequestSizeFilter(RequestSizeProperties settings) {
        this.most = settings.maxRequestSize().toBytes();
        this.mostOfIngest = settings.maxIngestRequestSize().toBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        long max = exchange.getRequest().getPath().value().startsWith(INGEST) ? this.mostOfIngest : this.most;
        if (headers.getContentLength() > max) {
            return refuse(exchange.getRequest(), max);
        }
        if (headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null) {
            return chain.filter(exchange);
        }
        return chain.filter(exchange.mutate().request(new SizeLimitedRequest(exchange.getRequest(), max)).build());
    }

    private static Mono<Void> refuse(ServerHttpRequest request, long max) {
        HttpHeaders headers = request.getHeaders();
        boolean asksFirst = headers.getFirst(HttpHeaders.EXPECT) != null;
        if (asksFirst || headers.getContentLength() > max * SWALLOWED) {
            return Mono.error(() -> tooLarge(max));
        }
        return limited(request.getBody(), max).map(DataBufferUtils::release).then();
    }

    private static Flux<DataBuffer> limited(Flux<DataBuffer> body, long max) {
        return Flux.defer(() -> {
            AtomicLong bytes = new AtomicLong();
            Mono<DataBuffer> end = Mono.defer(() -> (bytes.get() > max) ? Mono.error(tooLarge(max)) : Mono.empty());
            return body.<DataBuffer>handle((buffer, sink) -> pass(buffer, bytes, sink, max)).concatWith(end);
        });
    }

    private static void pass(DataBuffer buffer, AtomicLong bytes, SynchronousSink<DataBuffer> sink, long max) {
        long sum = bytes.addAndGet(buffer.readableByteCount());
        if (sum <= max) {
            sink.next(buffer);
            return;
        }
        DataBufferUtils.release(buffer);
        if (sum > max * SWALLOWED) {
            sink.error(tooLarge(max));
        }
    }

    private static ProblemException tooLarge(long max) {
        return ProblemDefinition.tooLarge(max).asException();
    }

    /**
     * A request whose body ends with an error where it is too large.
     */
    private static final class SizeLimitedRequest extends ServerHttpRequestDecorator {

        private final long max;

        SizeLimitedRequest(ServerHttpRequest request, long max) {
            super(request);
            this.max = max;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return limited(super.getBody(), this.max);
        }

    }

}
