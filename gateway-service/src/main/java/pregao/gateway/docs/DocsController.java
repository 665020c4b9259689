package pregao.gateway.docs;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import io.netty.channel.ChannelOption;
import io.swagger.v3.oas.annotations.Hidden;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import pregao.gateway.problem.ProblemDefinition;
import pregao.gateway.route.UpstreamProperties;

/**
 * Controller that serves the OpenAPI documents of the services behind the gateway.
 */
@RestController
@Hidden
class DocsController {

    private static final Logger log = LoggerFactory.getLogger(DocsController.class);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, URI> upstreams;

    private final OpenApiRewriter rewriter;

    private final HttpClient client = HttpClient.create()
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1_000)
        .responseTimeout(REQUEST_TIMEOUT);

    DocsController(UpstreamProperties upstreams, JsonMapper json) {
        this.upstreams = upstreams.byName();
        this.rewriter = new OpenApiRewriter(json);
    }

    @GetMapping("/v3/api-docs/{service:ingest|aggregator|indicators|strategy|session}")
    Mono<ResponseEntity<byte[]>> getDocument(@PathVariable String service) {
        URI baseUrl = Optional.ofNullable(this.upstreams.get(service))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return this.client.get()
            .uri(baseUrl.resolve("/v3/api-docs"))
            .responseSingle(DocsController::readBody)
            .timeout(REQUEST_TIMEOUT)
            .map(this.rewriter::rewrite)
            .map((body) -> ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body))
            .doOnError((failure) -> log.info("no documents of {}: {}", service, failure.toString()))
            .onErrorMap(DocsController::isUnavailable,
                    (failure) -> ProblemDefinition
                        .unavailable("The API document of %s is not available now; try again".formatted(service))
                        .asException());
    }

    /**
     * Redirects to the gateway's own document, for clients that guess its path from those
     * of the services.
     */
    @GetMapping("/v3/api-docs/gateway")
    ResponseEntity<Void> redirectToGatewayDocument() {
        return ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT).location(URI.create("/v3/api-docs")).build();
    }

    private static Mono<byte[]> readBody(HttpClientResponse response, ByteBufMono body) {
        if (response.status().code() != HttpStatus.OK.value()) {
            return Mono.error(() -> new IOException("status " + response.status().code()));
        }
        return body.asByteArray();
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof IOException || failure instanceof TimeoutException
                || failure instanceof JacksonException;
    }

}
