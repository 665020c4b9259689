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
 * Asks the broker over HTTP, for everybody here, as fast as its limits allow.
 */
final class BinanceRestClient {

    private static final String KEY = "X-MBX-APIKEY";

    private static final RestRequest TIME = RestRequest.of("/v3/time", 1).asUrgent();

    private static final int LARGE = 512 * 1024;

    private static final int MOST_WAITING = 1000;

    private final AtomicInteger waiting = new AtomicInteger();

    private final HttpClient http;

    private final URI address;

    private final BinanceTimeouts timeouts;

    private final ServerClock clock;

    private final RequestWeightLimiter budget;

    BinanceRestClient(HttpClient http, URI address, BinanceTimeouts timeouts, ServerClock clock) {
        this.http = http;
        this.address = address;
        this.timeouts = timeouts;
        this.clock = clock;
        this.budget = new RequestWeightLimiter(clock);
    }

    RequestWeightLimiter budget() {
        return this.budget;
    }

    ServerClock clock() {
        return this.clock;
    }

    /**
     * Asks what anybody may ask.
     * @param question what
     * @return the answer, or a {@link BrokerException}
     */
    Mono<JsonNode> ask(RestRequest question) {
        return turn(question, this.timeouts.turn().toMillis())
            .then(Mono.defer(() -> get(question.query(), question, null)));
    }

    /**
     * Asks what the owner of a key may ask.
     * @param question what
     * @param key whose
     * @return the answer, or a {@link BrokerException}
     */
    Mono<JsonNode> ask(RestRequest question, RequestSigner key) {
        Mono<JsonNode> once = turn(question, this.timeouts.turn().toMillis())
            .then(Mono.defer(() -> get(key.signed(question.at(this.clock.millis()).query()), question, key)));
        return timed(once);
    }

    /**
     * Sends an order, once, but for the case that the broker says its time was wrong.
     * @param order what
     * @param key whose
     * @param pace of the account, told what the broker says of it
     * @param last asked when it is about to be written; throws where it must not be
     * @return the answer, or a {@link BrokerException}
     */
    Mono<JsonNode> send(RestRequest order, RequestSigner key, OrderRateLimiter pace, Runnable last) {
        return timed(Mono.defer(() -> {
            long wait = this.budget.take(order.weight(), true);
            return (wait > 0) ? Mono.error(busy(wait)) : post(order, key, pace, last);
        }));
    }

    /**
     * Cancels an order; to cancel it twice does no harm.
     * @param order which
     * @param key whose
     * @param last asked when it is about to be written; throws where it must not be
     * @return the answer, or a {@link BrokerException}
     */
    Mono<JsonNode> cancel(RestRequest order, RequestSigner key, Runnable last) {
        return timed(Mono.defer(() -> {
            long wait = this.budget.take(order.weight(), true);
            if (wait > 0) {
                return Mono.error(busy(wait));
            }
            last.run();
            return this.http.responseTimeout(this.timeouts.order())
                .headers((headers) -> headers.set(KEY, key.id()))
                .delete()
                .uri(uri(order, "?" + key.signed(order.at(this.clock.millis()).query())))
                .responseSingle(this::read)
                .onErrorMap((error) -> !(error instanceof BrokerException), BinanceRestClient::lost);
        }));
    }

    /**
     * Asks the broker what time it is.
     * @return when it is known
     */
    Mono<Void> tellTime() {
        return turn(TIME, this.timeouts.turn().toMillis()).then(Mono.defer(() -> {
            long asked = this.clock.ours();
            return get("", TIME, null)
                .doOnNext((answer) -> this.clock.set(answer.path("serverTime").asLong(this.clock.millis()), asked));
        })).then();
    }

    private Mono<JsonNode> timed(Mono<JsonNode> once) {
        Mono<Void> known = Mono.defer(() -> this.clock.isKnown() ? Mono.empty() : tellTime());
        return known.then(once).onErrorResume(BinanceErrorMapper::isWrongTime, (refused) -> tellTime().then(once));
    }

    private Mono<JsonNode> get(String query, RestRequest question, @Nullable RequestSigner key) {
        return this.http.responseTimeout(this.timeouts.call()).headers((headers) -> {
            if (key != null) {
                headers.set(KEY, key.id());
            }
        })
            .get()
            .uri(uri(question, query.isEmpty() ? "" : "?" + query))
            .responseSingle(this::read)
            .onErrorMap((error) -> !(error instanceof BrokerException), BinanceRestClient::lost);
    }

    private Mono<JsonNode> post(RestRequest order, RequestSigner key, OrderRateLimiter pace, Runnable last) {
        // A client that by itself sends again what it thinks was lost would trade twice.
        return this.http.disableRetry(true)
            .responseTimeout(this.timeouts.order())
            .headers((headers) -> headers.set(KEY, key.id())
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED))
            .post()
            .uri(uri(order, ""))
            .send((request, out) -> {
                last.run();
                String body = key.signed(order.at(this.clock.millis()).query());
                request.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(body.length()));
                return out.sendString(Mono.just(body));
            })
            .responseSingle((response, content) -> {
                HttpHeaders headers = response.responseHeaders();
                pace.used(headers.getInt(BinanceErrorMapper.ORDERS_10S, -1),
                        headers.getInt(BinanceErrorMapper.ORDERS_1D, -1));
                return read(response, content).doOnError(
                        (error) -> BinanceErrorMapper.is(error, BinanceErrorMapper.TOO_MANY_ORDERS),
                        (error) -> pace.stop(BinanceErrorMapper.retryAfter(headers.get(HttpHeaderNames.RETRY_AFTER))));
            })
            .onErrorMap((error) -> !(error instanceof BrokerException), BinanceRestClient::lost);
    }

    private URI uri(RestRequest question, String query) {
        return URI.create(this.address + question.path() + query);
    }

    private Mono<JsonNode> read(HttpClientResponse response, ByteBufMono content) {
        this.budget.used(response.responseHeaders().getInt(BinanceErrorMapper.WEIGHT, 0));
        return content.asString()
            .defaultIfEmpty("")
            .flatMap((text) -> judged(response.status().code(), text))
            .doOnError((error) -> BinanceErrorMapper.is(error, BinanceErrorMapper.TOO_MANY), (error) -> this.budget
                .stop(BinanceErrorMapper.retryAfter(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER))));
    }

    private static Mono<JsonNode> judged(int status, String text) {
        Mono<JsonNode> answer = Mono.fromCallable(() -> BinanceErrorMapper.judged(status, JsonTrees.read(text)));
        // All pairs of the live market are megabytes, too much for a loop.
        return (text.length() > LARGE) ? answer.subscribeOn(Schedulers.parallel()) : answer;
    }

    private Mono<Void> turn(RestRequest question, long patience) {
        return Mono.defer(() -> {
            long wait = this.budget.take(question.weight(), question.urgent());
            if (wait == 0) {
                return Mono.empty();
            }
            if (wait > patience || this.waiting.get() >= MOST_WAITING) {
                return Mono.error(busy(wait));
            }
            this.waiting.incrementAndGet();
            return Mono.delay(Duration.ofMillis(wait))
                .doFinally((end) -> this.waiting.decrementAndGet())
                .then(turn(question, patience - wait));
        });
    }

    private static BrokerException busy(long millis) {
        return new BrokerException(BrokerException.Kind.REFUSED, BinanceErrorMapper.TOO_MANY,
                "the broker wants no requests from here for %d s".formatted(Math.ceilDiv(millis, 1000L)));
    }

    private static BrokerException lost(Throwable error) {
        if (error instanceof ReadTimeoutException) {
            return new BrokerException(BrokerException.Kind.TIMED_OUT, "the broker did not answer in time");
        }
        boolean never = error instanceof ConnectException || error instanceof UnknownHostException;
        return new BrokerException(never ? BrokerException.Kind.NOT_CONNECTED : BrokerException.Kind.LOST,
                "the broker cannot be reached: " + error.getClass().getSimpleName());
    }

}
