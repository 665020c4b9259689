package pregao.session.broker.binance;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * Asks the broker for one user. Answers come on the session's loop.
 */
final class SignedRestClient {

    private final OrderRateLimiter pace;

    private final BinanceRestClient rest;

    private final RequestSigner key;

    private final Scheduler scheduler;

    private final Runnable doubt;

    /**
     * A user who has made no orders yet.
     * @param rest everybody's
     * @param key of the user
     * @param scheduler of the session's loop
     * @param doubt called where the broker does not accept the key
     */
    SignedRestClient(BinanceRestClient rest, RequestSigner key, Scheduler scheduler, Runnable doubt) {
        this.rest = rest;
        this.key = key;
        this.scheduler = scheduler;
        this.doubt = doubt;
        this.pace = new OrderRateLimiter(rest.clock());
    }

    OrderRateLimiter pace() {
        return this.pace;
    }

    Scheduler scheduler() {
        return this.scheduler;
    }

    /**
     * Our time.
     * @return epoch milliseconds
     */
    long ours() {
        return this.rest.clock().ours();
    }

    Mono<JsonNode> ask(RestRequest question) {
        return watched(this.rest.ask(question, this.key));
    }

    /**
     * Asks what each key may ask.
     * @return an error where the broker does not accept the key at all, or did not answer
     */
    Mono<Void> confirm() {
        return this.rest.ask(BinanceSession.ACCOUNT, this.key).publishOn(this.scheduler).then();
    }

    /**
     * Sends an order, once.
     * @param order what
     * @param last asked when it is about to be written; throws where it must not be
     * @return the answer, or a {@link pregao.session.broker.api.BrokerException}
     */
    Mono<JsonNode> send(RestRequest order, Runnable last) {
        return watched(this.rest.send(order, this.key, this.pace, last));
    }

    /**
     * Cancels an order.
     * @param order which
     * @param last asked when it is about to be written; throws where it must not be
     * @return the answer, or a {@link pregao.session.broker.api.BrokerException}
     */
    Mono<JsonNode> cancel(RestRequest order, Runnable last) {
        return watched(this.rest.cancel(order, this.key, last));
    }

    private Mono<JsonNode> watched(Mono<JsonNode> asked) {
        return asked.publishOn(this.scheduler).doOnError(BinanceErrorMapper::isSignedOut, (no) -> this.doubt.run());
    }

}
