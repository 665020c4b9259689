package pregao.session.broker.marketdata;

import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import pregao.contracts.feed.Feed;

/**
 * The feed of a configured broker.
 *
 * @param settings the settings of the feed, whose name is that of the broker
 * @param key the API key with which ingest accepts the feed
 * @param sources supplies a source that is available now, or empty
 */
public record BrokerFeed(Feed settings, String key, Supplier<Mono<MarketDataSource>> sources) {

    /**
     * Returns the name of the feed.
     * @return the name, such as {@code polarium}
     */
    public String name() {
        return this.settings.name();
    }

    @Override
    public String toString() {
        return "BrokerFeed[" + name() + "]";
    }

}
