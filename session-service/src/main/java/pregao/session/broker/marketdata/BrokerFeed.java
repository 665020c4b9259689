package pregao.session.broker.marketdata;

import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import pregao.contracts.feed.Feed;

/**
 * A broker that is configured, as a feed.
 *
 * @param settings of the feed, whose name is the broker's
 * @param key with which it is written to
 * @param sources one that works now, or nothing
 */
public record BrokerFeed(Feed settings, String key, Supplier<Mono<MarketDataSource>> sources) {

    /**
     * Its name.
     * @return such as {@code polarium}
     */
    public String name() {
        return this.settings.name();
    }

    @Override
    public String toString() {
        return "BrokerFeed[" + name() + "]";
    }

}
