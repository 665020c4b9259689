package pregao.session.broker.binance;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * REST client with the API key of one user. Responses arrive on the session's event loop.
 */
final class SignedRestClient {

    private final OrderRateLimiter orderRateLimiter;

    private final BinanceRestClient restClient;

    private final RequestSigner signer;

    private final Scheduler scheduler;

    private final Runnable onKeyRejected;

    /**
     * Creates a client for a user without orders.
     * @param restClient the REST client that all sessions share
     * @param signer the signer with the user's API key
     * @param scheduler the session's event loop
     * @param onKeyRejected called when Binance rejects the key for a request
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
     * Returns the local time.
     * @return epoch milliseconds
     */
    long localMillis() {
        return this.restClient.serverClock().localMillis();
    }

    Mono<JsonNode> get(RestRequest request) {
        return reportRejectedKey(this.restClient.get(request, this.signer));
    }

    /**
     * Sends a request that every key may send.
     * @return completes if Binance accepts the key; fails if it rejects the key or
     * doesn't respond
     */
    Mono<Void> verifyKey() {
        return this.restClient.get(BinanceSession.ACCOUNT_REQUEST, this.signer).publishOn(this.scheduler).then();
    }

    /**
     * Sends an order once.
     * @param orderRequest the order, without a timestamp
     * @param beforeWrite the check that runs right before the request is written; it
     * throws if the order must not be sent
     * @return the response body, or a {@link pregao.session.broker.api.BrokerException}
     */
    Mono<JsonNode> sendOrder(RestRequest orderRequest, Runnable beforeWrite) {
        return reportRejectedKey(
                this.restClient.sendOrder(orderRequest, this.signer, this.orderRateLimiter, beforeWrite));
    }

    /**
     * Cancels an order.
     * @param cancelRequest the cancel request, without a timestamp
     * @param beforeWrite the check that runs right before the request is written; it
     * throws if the request must not be sent
     * @return the response body, or a {@link pregao.session.broker.api.BrokerException}
     */
    Mono<JsonNode> cancelOrder(RestRequest cancelRequest, Runnable beforeWrite) {
        return reportRejectedKey(this.restClient.cancelOrder(cancelRequest, this.signer, beforeWrite));
    }

    private Mono<JsonNode> reportRejectedKey(Mono<JsonNode> response) {
        return response.publishOn(this.scheduler)
            .doOnError(BinanceErrorMapper::isKeyRejected, (error) -> this.onKeyRejected.run());
    }

}
