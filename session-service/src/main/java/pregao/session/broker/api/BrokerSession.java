package pregao.session.broker.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A session of one user at a broker. It reconnects by itself until it is closed or the
 * broker signs the user out. Requests fail only with {@link BrokerException}. Responses
 * arrive on an event loop, so subscribers must not block.
 */
public interface BrokerSession {

    /**
     * Returns the states of the session.
     * @return the current state and each later one; completes when the session ends
     */
    Flux<SessionState> states();

    /**
     * Returns the credentials with which the session can be opened again without the
     * user. Store them encrypted.
     * @return the current tokens, which change when the session renews them
     */
    Credentials credentials();

    /**
     * Fetches the balances of the user.
     * @return all balances
     */
    Mono<List<Balance>> balances();

    /**
     * Fetches the instruments.
     * @return all instruments, whether open or not
     */
    Mono<List<BrokerInstrument>> instruments();

    /**
     * Fetches the final candles of a time range, joins pages, and requests gaps again.
     * @param symbol the symbol
     * @param seconds the duration of a candle in seconds
     * @param from the start of the range, inclusive
     * @param to the end of the range, exclusive
     * @return the candles, oldest first; a candle that is missing is missing at the
     * broker
     */
    Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to);

    /**
     * Streams candles in real time. After an interruption, the missed candles come first.
     * @param symbol the symbol
     * @param seconds the duration of a candle in seconds
     * @return each final candle once and in order, with updates of the forming candle in
     * between
     */
    Flux<CandleUpdate> streamCandles(String symbol, int seconds);

    /**
     * Returns whether the broker stores our order ID with each order, so that no order
     * can be mistaken for another.
     * @return false if two equal orders must not be in flight at the same time
     */
    boolean supportsClientOrderIds();

    /**
     * Checks an order against what the broker is known to offer, without a request.
     * @param order the order to check
     * @return a description of what is valid, or empty if no violation is known
     */
    default Optional<String> findViolation(BrokerOrder order) {
        return Optional.empty();
    }

    /**
     * Sends an order at most once.
     * @param order the order to place
     * @param ownershipCheck checked immediately before the order is sent
     * @return the result; never an error
     */
    Mono<PlaceOrderResult> place(BrokerOrder order, OwnershipCheck ownershipCheck);

    /**
     * Queries the state of an order; sends no order.
     * @param order the order as it was placed
     * @param brokerId the broker's order ID, or null if it is not known
     * @return the state at the broker; never an error
     */
    Mono<BrokerOrderState> orderState(BrokerOrder order, @Nullable Long brokerId);

    /**
     * Streams state changes of the user's orders.
     * @return the changes from now on
     */
    Flux<BrokerOrderState> orderUpdates();

    /**
     * Closes the session.
     * @return completes when the session is closed
     */
    Mono<Void> close();

}
