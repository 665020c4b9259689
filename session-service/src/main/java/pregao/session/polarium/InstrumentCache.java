package pregao.session.polarium;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.OptionOrder;

/**
 * What the broker offers, as it said last.
 */
final class InstrumentCache {

    private static final Duration FRESH = Duration.ofMinutes(10);

    /** Who asks at once is answered at once. */
    private static final Duration SHARED = Duration.ofSeconds(1);

    private final Mono<Instruments> known;

    private final Mono<Instruments> anew;

    private final Link link;

    private final Plan plan;

    private volatile @Nullable Instruments last;

    InstrumentCache(Link link, Plan plan, Scheduler scheduler) {
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
    Optional<Instruments> last() {
        return Optional.ofNullable(this.last);
    }

    /**
     * What the broker said in the last ten minutes.
     * @return asked where it said nothing
     */
    Mono<Instruments> get() {
        return this.known;
    }

    /**
     * What the broker says now.
     * @return asked, once for all who want it within a second
     */
    Mono<Instruments> refreshed() {
        return this.anew;
    }

    /**
     * The broker's number of a symbol.
     * @param symbol such as {@code EURUSD-OTC}
     * @return fails where there is none
     */
    Mono<Integer> active(String symbol) {
        return this.known.flatMap((all) -> Mono.justOrEmpty(all.id(symbol)))
            .switchIfEmpty(Mono.error(() -> notTraded(symbol)));
    }

    /**
     * What can be bought for an order. Where too little is paid for it by what is known,
     * the broker is asked: that moves by the minute.
     * @param order which
     * @return fails where nothing can be bought
     */
    Mono<Offer> offer(OptionOrder order) {
        return this.known.flatMap((all) -> Mono.justOrEmpty(all.offer(order.symbol())))
            .flatMap((offer) -> offer.suffices(order, this.plan.clock().seconds()) ? Mono.just(offer)
                    : this.anew.flatMap((all) -> Mono.justOrEmpty(all.offer(order.symbol()))))
            .switchIfEmpty(Mono.error(() -> notTraded(order.symbol())));
    }

    private static BrokerFailure notTraded(String symbol) {
        return new BrokerFailure(BrokerFailure.Kind.NO_SUCH_SYMBOL, "the broker does not trade '%s'".formatted(symbol));
    }

    private Mono<Instruments> ask() {
        Mono<JsonNode> data = this.link.ask(Call.question("binary-options.get-initialization-data", "3.0",
                Json.object(), this.plan.timeouts().instruments()));
        return data.map((answer) -> new Instruments(answer, this.plan.clock().seconds()))
            .doOnNext((answer) -> this.last = answer);
    }

}
