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
 * What the broker offers, as it said last.
 */
final class InstrumentCache {

    private static final Duration CACHE_TTL = Duration.ofMinutes(10);

    /** Who asks at once is answered at once. */
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
     * What is known without asking.
     * @return empty before the broker has answered once
     */
    Optional<InstrumentDirectory> findLast() {
        return Optional.ofNullable(this.lastDirectory);
    }

    /**
     * What the broker said in the last ten minutes.
     * @return asked where it said nothing
     */
    Mono<InstrumentDirectory> get() {
        return this.cachedDirectory;
    }

    /**
     * What the broker says now.
     * @return asked, once for all who want it within a second
     */
    Mono<InstrumentDirectory> refresh() {
        return this.refreshedDirectory;
    }

    /**
     * The broker's number of a symbol.
     * @param symbol such as {@code EURUSD-OTC}
     * @return fails where there is none
     */
    Mono<Integer> findActiveId(String symbol) {
        return this.cachedDirectory.flatMap((directory) -> Mono.justOrEmpty(directory.findId(symbol)))
            .switchIfEmpty(Mono.error(() -> notTraded(symbol)));
    }

    /**
     * What can be bought for an order. Where too little is paid for it by what is known,
     * the broker is asked: that moves by the minute.
     * @param order which
     * @return fails where nothing can be bought
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
