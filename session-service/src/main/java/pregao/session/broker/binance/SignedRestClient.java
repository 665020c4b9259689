package pregao.session.broker.binance;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * Asks the broker for one user. Answers come on the session's loop.
 */
final class SignedRestClient {

    private final OrderRateLimiter orderRateLimiter;

    private final BinanceRestClient restClient;

    private final RequestSigner signer;

    private final Scheduler scheduler;

    private final Runnable onKeyRejected;

    /**
     * A user who has made no orders yet.
     * @param restClient everybody's
     * @param signer of the user
     * @param scheduler of the session's loop
     * @param onKeyRejected called where the broker does not accept the key
     */
    SignedRestClient(BinanceRestClient restClient, RequestSigner signer, Scheduler scheduler, Runnable onKeyRejected) {
        this.restClient = restClient;
        this.signer = signer;
        this.scheduler = scheduler;
        this.onKeyRejected = onKeyRejected;
        this.orderRateLimiter = new OrderRateLimiter(restClient.serverClock());
    }

    OrderRateLimiter orderRateLimiter() {
        return this.orderRateLimiter;
    }

    Scheduler scheduler() {
        return this.scheduler;
    }

    /**
     * Our time.
     * @return epoch milliseconds
     */
    long localMillis() {
        return this.restClient.serverClock().localMillis();
    }

    Mono<JsonNode> get(RestRequest request) {
        return reportRejectedKey(this.restClient.get(request, this.signer));
    }

    /**
     * Asks what each key may ask.
     * @return an error where the broker does not accept the key at all, or did not answer
     */
    Mono<Void> verifyKey() {
        return this.restClient.get(BinanceSession.ACCOUNT_REQUEST, this.signer).publishOn(this.scheduler).then();
    }

    /**
     * Sends an order, once.
     * @param orderRequest what
     * @param beforeWrite asked when it is about to be written; throws where it must not
     * be
     * @return the answer, or a {@link pregao.session.broker.api.BrokerException}
     */
    Mono<JsonNode> sendOrder(RestRequest orderRequest, Runnable beforeWrite) {
        return reportRejectedKey(
                this.restClient.sendOrder(orderRequest, this.signer, this.orderRateLimiter, beforeWrite));
    }

    /**
     * Cancels an order.
     * @param cancelRequest which
     * @param beforeWrite asked when it is about to be written; throws where it must not
     * be
     * @return the answer, or a {@link pregao.session.broker.api.BrokerException}
     */
    Mono<JsonNode> cancelOrder(RestRequest cancelRequest, Runnable beforeWrite) {
        return reportRejectedKey(this.restClient.cancelOrder(cancelRequest, this.signer, beforeWrite));
    }

    private Mono<JsonNode> reportRejectedKey(Mono<JsonNode> response) {
        return response.publishOn(this.scheduler)
            .doOnError(BinanceErrorMapper::isKeyRejected, (error) -> this.onKeyRejected.run());
    }

}
