package pregao.session.broker.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One user's session at a broker. It reconnects by itself until it is closed or the
 * broker has signed the user out. Questions fail with {@link BrokerException} only.
 * Answers come on an event loop, so nobody may block there.
 */
public interface BrokerSession {

    /**
     * How the session is.
     * @return the present state and each later one; ends with the session
     */
    Flux<SessionState> states();

    /**
     * What lets the user in again without being asked, to be kept where secrets are kept.
     * @return the present tokens, which change when they are renewed
     */
    Credentials credentials();

    /**
     * The user's money.
     * @return all balances
     */
    Mono<List<Balance>> balances();

    /**
     * What can be traded.
     * @return all instruments, open or not
     */
    Mono<List<BrokerInstrument>> instruments();

    /**
     * Closed candles of a time, whole: pages are joined and gaps asked for again.
     * @param symbol of what
     * @param seconds of a candle
     * @param from inclusive
     * @param to exclusive
     * @return oldest first; what is missing is missing at the broker
     */
    Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to);

    /**
     * Candles as they happen; after an interruption what was missed comes first.
     * @param symbol of what
     * @param seconds of a candle
     * @return each closed candle once and in order, the forming one in between
     */
    Flux<CandleUpdate> streamCandles(String symbol, int seconds);

    /**
     * Whether the broker keeps our id with each order, so that none can be taken for
     * another one.
     * @return false where two alike must not be under way together
     */
    boolean supportsClientOrderIds();

    /**
     * What an order asks for that the broker does not offer, as far as that is known
     * without asking.
     * @param order what to do
     * @return what would be right; empty where nothing is known to be wrong
     */
    default Optional<String> findViolation(BrokerOrder order) {
        return Optional.empty();
    }

    /**
     * Sends an order, once at most.
     * @param order what to do
     * @param ownershipCheck asked at the last moment
     * @return how it ended; never an error
     */
    Mono<PlaceOrderResult> place(BrokerOrder order, OwnershipCheck ownershipCheck);

    /**
     * Asks what became of an order; sends nothing.
     * @param order as it was placed
     * @param brokerId the broker's number of it; null where that is not known
     * @return what the broker knows; never an error
     */
    Mono<BrokerOrderState> orderState(BrokerOrder order, @Nullable Long brokerId);

    /**
     * What happens to the user's orders.
     * @return changes from now on
     */
    Flux<BrokerOrderState> orderUpdates();

    /**
     * Ends the session.
     * @return when it is ended
     */
    Mono<Void> close();

}
