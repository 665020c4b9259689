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

    private static final Duration FRESH = Duration.ofMinutes(10);

    /** Who asks at once is answered at once. */
    private static final Duration SHARED = Duration.ofSeconds(1);

    private final Mono<InstrumentDirectory> known;

    private final Mono<InstrumentDirectory> anew;

    private final ReconnectingWebSocket link;

    private final SessionContext plan;

    private volatile @Nullable InstrumentDirectory last;

    InstrumentCache(ReconnectingWebSocket link, SessionContext plan, Scheduler scheduler) {
        this.link = link;
        this.plan = plan;
        this.known = Mono.defer(this::ask)
            .cacheInvalidateWhen((answer) -> Mono.delay(FRESH, scheduler).then())
            .map((answer) -> last().orElse(answer));
        this.anew = Mono.defer(this::ask).cacheInvalidateWhen((answer) -> Mono.delay(SHARED, scheduler).then());
    }

    /**
     * What is known without asking.
     * @return empty before the broker has answered once
     */
    Optional<InstrumentDirectory> last() {
        return Optional.ofNullable(this.last);
    }

    /**
     * What the broker said in the last ten minutes.
     * @return asked where it said nothing
     */
    Mono<InstrumentDirectory> get() {
        return this.known;
    }

    /**
     * What the broker says now.
     * @return asked, once for all who want it within a second
     */
    Mono<InstrumentDirectory> refreshed() {
        return this.anew;
    }

    /**
     * The broker's number of a symbol.
     * @param symbol such as {@code EURUSD-OTC}
     * @return fails where there is none
     */
    Mono<Integer> active(String symbol) {
        return this.known.flatMap((instrumentDirectory) -> Mono.justOrEmpty(instrumentDirectory.id(symbol)))
            .switchIfEmpty(Mono.error(() -> notTraded(symbol)));
    }

    /**
     * What can be bought for an order. Where too little is paid for it by what is known,
     * the broker is asked: that moves by the minute.
     * @param order which
     * @return fails where nothing can be bought
     */
    Mono<SymbolOffer> offer(OptionOrder order) {
        return this.known.flatMap((instrumentDirectory) -> Mono.justOrEmpty(instrumentDirectory.offer(order.symbol())))
            .flatMap((offer) -> offer.suffices(order, this.plan.clock().seconds()) ? Mono.just(offer)
                    : this.anew.flatMap((all) -> Mono.justOrEmpty(all.offer(order.symbol()))))
            .switchIfEmpty(Mono.error(() -> notTraded(order.symbol())));
    }

    private static BrokerException notTraded(String symbol) {
        return new BrokerException(BrokerException.Kind.NO_SUCH_SYMBOL,
                "the broker does not trade '%s'".formatted(symbol));
    }

    private Mono<InstrumentDirectory> ask() {
        Mono<JsonNode> data = this.link.ask(RpcRequest.question("binary-options.get-initialization-data", "3.0",
                JsonTrees.object(), this.plan.timeouts().instruments()));
        return data.map((answer) -> new InstrumentDirectory(answer, this.plan.clock().seconds()))
            .doOnNext((answer) -> this.last = answer);
    }

}
