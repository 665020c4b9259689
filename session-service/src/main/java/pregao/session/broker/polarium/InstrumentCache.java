package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.OptionOrder;

/**
 * Cache of the instruments that the broker offers.
 */
final class InstrumentCache {

    private static final Duration CACHE_TTL = Duration.ofMinutes(10);

    /** Requests within this time share one response. */
    private static final Duration REFRESH_TTL = Duration.ofSeconds(1);

    private final Mono<InstrumentDirectory> cachedDirectory;

    private final Mono<InstrumentDirectory> refreshedDirectory;

    private final ReconnectingWebSocket webSocket;

    private final SessionContext context;

    private volatile @Nullable InstrumentDirectory lastDirectory;

    InstrumentCache(ReconnectingWebSocket webSocket, SessionContext context, Scheduler scheduler) {
        this.webSocket = webSocket;
        this.context = context;
        this.cachedDirectory = Mono.defer(this::fetchDirectory)
            .cacheInvalidateWhen((directory) -> Mono.delay(CACHE_TTL, scheduler).then())
            .map((directory) -> findLast().orElse(directory));
        this.refreshedDirectory = Mono.defer(this::fetchDirectory)
            .cacheInvalidateWhen((directory) -> Mono.delay(REFRESH_TTL, scheduler).then());
    }

    /**
     * Returns the cached instruments without a request.
     * @return the instruments, or empty before the first response
     */
    Optional<InstrumentDirectory> findLast() {
        return Optional.ofNullable(this.lastDirectory);
    }

    /**
     * Returns the instruments, which are at most 10 minutes old.
     * @return the instruments, fetched if the cache is stale
     */
    Mono<InstrumentDirectory> get() {
        return this.cachedDirectory;
    }

    /**
     * Fetches the instruments.
     * @return the instruments; requests within 1 s share one response
     */
    Mono<InstrumentDirectory> refresh() {
        return this.refreshedDirectory;
    }

    /**
     * Returns the active id of a symbol.
     * @param symbol a symbol, such as {@code EURUSD-OTC}
     * @return the active id, or an error if the symbol isn't traded
     */
    Mono<Integer> findActiveId(String symbol) {
        return this.cachedDirectory.flatMap((directory) -> Mono.justOrEmpty(directory.findId(symbol)))
            .switchIfEmpty(Mono.error(() -> notTraded(symbol)));
    }

    /**
     * Returns the offer for an order. Payouts change by the minute, so if the cached
     * payout is too low for the order, the offer is fetched again.
     * @param order the order
     * @return the offer, or an error if the symbol isn't traded
     */
    Mono<SymbolOffer> findOffer(OptionOrder order) {
        return this.cachedDirectory.flatMap((directory) -> Mono.justOrEmpty(directory.findOffer(order.symbol())))
            .flatMap((offer) -> offer.hasSufficientPayout(order, this.context.clock().seconds()) ? Mono.just(offer)
                    : this.refreshedDirectory
                        .flatMap((directory) -> Mono.justOrEmpty(directory.findOffer(order.symbol()))))
            .switchIfEmpty(Mono.error(() -> notTraded(order.symbol())));
    }

    private static BrokerException notTraded(String symbol) {
        return new BrokerException(BrokerException.Kind.NO_SUCH_SYMBOL,
                "the broker does not trade '%s'".formatted(symbol));
    }

    private Mono<InstrumentDirectory> fetchDirectory() {
        Mono<JsonNode> response = this.webSocket.call(RpcRequest.of("binary-options.get-initialization-data", "3.0",
                JsonTrees.createObject(), this.context.timeouts().instruments()));
        return response.map((data) -> new InstrumentDirectory(data, this.context.clock().seconds()))
            .doOnNext((directory) -> this.lastDirectory = directory);
    }

}
