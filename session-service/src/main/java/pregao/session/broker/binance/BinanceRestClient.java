package pregao.session.broker.binance;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;

/**
 * HTTP client for Binance's REST API, shared by all sessions. It keeps within the request
 * weight limit of the IP address.
 */
final class BinanceRestClient {

    private static final String API_KEY_HEADER = "X-MBX-APIKEY";

    private static final RestRequest TIME_REQUEST = RestRequest.of("/v3/time", 1).asUrgent();

    private static final int LARGE_BODY_SIZE = 512 * 1024;

    private static final int MAX_WAITING = 1000;

    private final AtomicInteger waitingRequests = new AtomicInteger();

    private final HttpClient httpClient;

    private final URI baseUri;

    private final BinanceTimeouts timeouts;

    private final ServerClock serverClock;

    private final RequestWeightLimiter weightLimiter;

    BinanceRestClient(HttpClient httpClient, URI baseUri, BinanceTimeouts timeouts, ServerClock serverClock) {
        this.httpClient = httpClient;
        this.baseUri = baseUri;
        this.timeouts = timeouts;
        this.serverClock = serverClock;
        this.weightLimiter = new RequestWeightLimiter(serverClock);
    }

    RequestWeightLimiter weightLimiter() {
        return this.weightLimiter;
    }

    ServerClock serverClock() {
        return this.serverClock;
    }

    /**
     * Sends a public GET request. Waits until the request weight limit allows it.
     * @param request the request
     * @return the response body, or a {@link BrokerException}
     */
    Mono<JsonNode> get(RestRequest request) {
        return awaitWeight(request, this.timeouts.turn().toMillis())
            .then(Mono.defer(() -> sendGet(request.toQueryString(), request, null)));
    }

    /**
     * Sends a signed GET request. Waits until the request weight limit allows it, and
     * retries once if Binance rejects the timestamp.
     * @param request the request, without a timestamp
     * @param signer the signer with the user's API key
     * @return the response body, or a {@link BrokerException}
     */
    Mono<JsonNode> get(RestRequest request, RequestSigner signer) {
        Mono<JsonNode> response = awaitWeight(request, this.timeouts.turn().toMillis()).then(Mono.defer(
                () -> sendGet(signer.appendSignature(request.withTimestamp(this.serverClock.millis()).toQueryString()),
                        request, signer)));
        return withServerTime(response);
    }

    /**
     * Sends an order once. The only case in which it sends the order again is that
     * Binance has rejected its timestamp, and so the order itself. It doesn't wait for
     * the request weight limit.
     * @param orderRequest the order, without a timestamp
     * @param signer the signer with the user's API key
     * @param orderRateLimiter the order limit of the account, updated from the response
     * headers
     * @param beforeWrite the check that runs right before the request is written; it
     * throws if the order must not be sent
     * @return the response body, or a {@link BrokerException}
     */
    Mono<JsonNode> sendOrder(RestRequest orderRequest, RequestSigner signer, OrderRateLimiter orderRateLimiter,
            Runnable beforeWrite) {
        return withServerTime(Mono.defer(() -> {
            long waitMillis = this.weightLimiter.tryAcquire(orderRequest.weight(), true);
            return (waitMillis > 0) ? Mono.error(rateLimited(waitMillis))
                    : sendPost(orderRequest, signer, orderRateLimiter, beforeWrite);
        }));
    }

    /**
     * Cancels an order. Cancelling is idempotent.
     * @param cancelRequest the cancel request, without a timestamp
     * @param signer the signer with the user's API key
     * @param beforeWrite the check that runs right before the request is written; it
     * throws if the request must not be sent
     * @return the response body, or a {@link BrokerException}
     */
    Mono<JsonNode> cancelOrder(RestRequest cancelRequest, RequestSigner signer, Runnable beforeWrite) {
        return withServerTime(Mono.defer(() -> {
            long waitMillis = this.weightLimiter.tryAcquire(cancelRequest.weight(), true);
            if (waitMillis > 0) {
                return Mono.error(rateLimited(waitMillis));
            }
            beforeWrite.run();
            return this.httpClient.responseTimeout(this.timeouts.order())
                .headers((headers) -> headers.set(API_KEY_HEADER, signer.apiKey()))
                .delete()
                .uri(buildUri(cancelRequest,
                        "?" + signer
                            .appendSignature(cancelRequest.withTimestamp(this.serverClock.millis()).toQueryString())))
                .responseSingle(this::readResponse)
                .onErrorMap((error) -> !(error instanceof BrokerException), BinanceRestClient::toBrokerException);
        }));
    }

    /**
     * Synchronizes the clock with Binance's server time.
     * @return completes when the server time is known
     */
    Mono<Void> synchronizeTime() {
        return awaitWeight(TIME_REQUEST, this.timeouts.turn().toMillis()).then(Mono.defer(() -> {
            long requestedAtMillis = this.serverClock.localMillis();
            return sendGet("", TIME_REQUEST, null).doOnNext((response) -> this.serverClock
                .synchronize(response.path("serverTime").asLong(this.serverClock.millis()), requestedAtMillis));
        })).then();
    }

    private Mono<JsonNode> withServerTime(Mono<JsonNode> request) {
        Mono<Void> timeKnown = Mono.defer(() -> this.serverClock.isKnown() ? Mono.empty() : synchronizeTime());
        return timeKnown.then(request)
            .onErrorResume(BinanceErrorMapper::isInvalidTimestamp, (rejection) -> synchronizeTime().then(request));
    }

    private Mono<JsonNode> sendGet(String query, RestRequest request, @Nullable RequestSigner signer) {
        return this.httpClient.responseTimeout(this.timeouts.call()).headers((headers) -> {
            if (signer != null) {
                headers.set(API_KEY_HEADER, signer.apiKey());
            }
        })
            .get()
            .uri(buildUri(request, query.isEmpty() ? "" : "?" + query))
            .responseSingle(this::readResponse)
            .onErrorMap((error) -> !(error instanceof BrokerException), BinanceRestClient::toBrokerException);
    }

    private Mono<JsonNode> sendPost(RestRequest orderRequest, RequestSigner signer, OrderRateLimiter orderRateLimiter,
            Runnable beforeWrite) {
        // A client that resends an order that it believes lost would trade twice.
        return this.httpClient.disableRetry(true)
            .responseTimeout(this.timeouts.order())
            .headers((headers) -> headers.set(API_KEY_HEADER, signer.apiKey())
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED))
            .post()
            .uri(buildUri(orderRequest, ""))
            .send((request, outbound) -> {
                beforeWrite.run();
                String body = signer
                    .appendSignature(orderRequest.withTimestamp(this.serverClock.millis()).toQueryString());
                request.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(body.length()));
                return outbound.sendString(Mono.just(body));
            })
            .responseSingle((response, content) -> {
                HttpHeaders headers = response.responseHeaders();
                orderRateLimiter.updateCounts(headers.getInt(BinanceErrorMapper.ORDER_COUNT_10S_HEADER, -1),
                        headers.getInt(BinanceErrorMapper.ORDER_COUNT_1D_HEADER, -1));
                return readResponse(response, content).doOnError(
                        (error) -> BinanceErrorMapper.isRefusedWith(error, BinanceErrorMapper.TOO_MANY_ORDERS),
                        (error) -> orderRateLimiter
                            .block(BinanceErrorMapper.parseRetryAfterMillis(headers.get(HttpHeaderNames.RETRY_AFTER))));
            })
            .onErrorMap((error) -> !(error instanceof BrokerException), BinanceRestClient::toBrokerException);
    }

    private URI buildUri(RestRequest request, String query) {
        return URI.create(this.baseUri + request.path() + query);
    }

    private Mono<JsonNode> readResponse(HttpClientResponse response, ByteBufMono content) {
        this.weightLimiter
            .updateUsedWeight(response.responseHeaders().getInt(BinanceErrorMapper.USED_WEIGHT_HEADER, 0));
        return content.asString()
            .defaultIfEmpty("")
            .flatMap((body) -> parseResponse(response.status().code(), body))
            .doOnError((error) -> BinanceErrorMapper.isRefusedWith(error, BinanceErrorMapper.TOO_MANY_REQUESTS),
                    (error) -> this.weightLimiter.block(BinanceErrorMapper
                        .parseRetryAfterMillis(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER))));
    }

    private static Mono<JsonNode> parseResponse(int status, String body) {
        Mono<JsonNode> parsed = Mono
            .fromCallable(() -> BinanceErrorMapper.requireSuccess(status, JsonTrees.parse(body)));
        // All symbols of the live market are megabytes, too much for an event loop.
        return (body.length() > LARGE_BODY_SIZE) ? parsed.subscribeOn(Schedulers.parallel()) : parsed;
    }

    private Mono<Void> awaitWeight(RestRequest request, long maxWaitMillis) {
        return Mono.defer(() -> {
            long waitMillis = this.weightLimiter.tryAcquire(request.weight(), request.urgent());
            if (waitMillis == 0) {
                return Mono.empty();
            }
            if (waitMillis > maxWaitMillis || this.waitingRequests.get() >= MAX_WAITING) {
                return Mono.error(rateLimited(waitMillis));
            }
            this.waitingRequests.incrementAndGet();
            return Mono.delay(Duration.ofMillis(waitMillis))
                .doFinally((signal) -> this.waitingRequests.decrementAndGet())
                .then(awaitWeight(request, maxWaitMillis - waitMillis));
        });
    }

    private static BrokerException rateLimited(long waitMillis) {
        return new BrokerException(BrokerException.Kind.REFUSED, BinanceErrorMapper.TOO_MANY_REQUESTS,
                "the broker wants no requests from here for %d s".formatted(Math.ceilDiv(waitMillis, 1000L)));
    }

    private static BrokerException toBrokerException(Throwable error) {
        if (error instanceof ReadTimeoutException) {
            return new BrokerException(BrokerException.Kind.TIMED_OUT, "the broker did not answer in time");
        }
        boolean neverConnected = error instanceof ConnectException || error instanceof UnknownHostException;
        return new BrokerException(neverConnected ? BrokerException.Kind.NOT_CONNECTED : BrokerException.Kind.LOST,
                "the broker cannot be reached: " + error.getClass().getSimpleName());
    }

}
