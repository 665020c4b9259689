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
import pregao.gateway.problem.Trouble;
import pregao.gateway.problem.TroubleException;

/**
 * Refuses bodies that are too large: by what they say of themselves, or else by counting
 * as they come.
 */
@Component
@Order(FilterOrder.BODY_LIMIT)
class BodyLimit implements WebFilter {

    /**
     * A body up to so many times the limit is read to its end, so that its sender hears
     * why.
     */
    private static final int SWALLOWED = 16;

    private final long max;

    BodyLimit(BodySettings settings) {
        this.max = settings.max().toBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() > this.max) {
            return refuse(exchange.getRequest());
        }
        if (headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null) {
            return chain.filter(exchange);
        }
        return chain.filter(exchange.mutate().request(new Limited(exchange.getRequest())).build());
    }

    private Mono<Void> refuse(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        boolean asksFirst = headers.getFirst(HttpHeaders.EXPECT) != null;
        if (asksFirst || headers.getContentLength() > this.max * SWALLOWED) {
            return Mono.error(this::tooLarge);
        }
        return limited(request.getBody()).map(DataBufferUtils::release).then();
    }

    private Flux<DataBuffer> limited(Flux<DataBuffer> body) {
        return Flux.defer(() -> {
            AtomicLong bytes = new AtomicLong();
            Mono<DataBuffer> end = Mono.defer(() -> (bytes.get() > this.max) ? Mono.error(tooLarge()) : Mono.empty());
            return body.<DataBuffer>handle((buffer, sink) -> pass(buffer, bytes, sink)).concatWith(end);
        });
    }

    private void pass(DataBuffer buffer, AtomicLong bytes, SynchronousSink<DataBuffer> sink) {
        long sum = bytes.addAndGet(buffer.readableByteCount());
        if (sum <= this.max) {
            sink.next(buffer);
            return;
        }
        DataBufferUtils.release(buffer);
        if (sum > this.max * SWALLOWED) {
            sink.error(tooLarge());
        }
    }

    private TroubleException tooLarge() {
        return Trouble.tooLarge(this.max).asException();
    }

    /**
     * A request whose body ends with an error where it is too large.
     */
    private final class Limited extends ServerHttpRequestDecorator {

        Limited(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return limited(super.getBody());
        }

    }

}
