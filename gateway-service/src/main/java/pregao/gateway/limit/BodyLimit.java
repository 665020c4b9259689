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

import pregao.gateway.problem.Trouble;

/**
 * Refuses bodies that are too large: by what they say of themselves, or else by counting
 * as they come.
 */
@Component
@Order(0)
class BodyLimit implements WebFilter {

    private final long max;

    BodyLimit(BodySettings settings) {
        this.max = settings.max().toBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() > this.max) {
            return Mono.error(() -> Trouble.tooLarge(this.max).asException());
        }
        if (headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null) {
            return chain.filter(exchange);
        }
        return chain.filter(exchange.mutate().request(new Counted(exchange.getRequest())).build());
    }

    /**
     * A request whose body ends with an error as soon as it is too large.
     */
    private final class Counted extends ServerHttpRequestDecorator {

        Counted(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(() -> {
                AtomicLong bytes = new AtomicLong();
                return super.getBody().map((buffer) -> {
                    if (bytes.addAndGet(buffer.readableByteCount()) > BodyLimit.this.max) {
                        DataBufferUtils.release(buffer);
                        throw Trouble.tooLarge(BodyLimit.this.max).asException();
                    }
                    return buffer;
                });
            });
        }

    }

}
