package pregao.session.price;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Calendar;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.session.account.OpenSessions;
import pregao.session.binance.BinanceBroker;
import pregao.session.polarium.PolariumBroker;

/**
 * The feeds of the brokers that are configured.
 */
@Configuration(proxyBeanMethods = false)
class PriceConfiguration {

    /**
     * Polarium's options settle on the middle of the quote, and it is seen by its users
     * only; Binance's market is open to all. What is traded day and night is at both.
     */
    @Bean
    BrokerFeeds brokerFeeds(OwnFeeds own, OpenSessions sessions, ObjectProvider<PolariumBroker> polarium,
            ObjectProvider<BinanceBroker> binance) {
        List<BrokerFeed> feeds = new ArrayList<>();
        polarium.ifAvailable((broker) -> feeds.add(new BrokerFeed(feed("polarium", PriceBasis.MID), own.key("polarium"),
                () -> sessions.any("polarium").map(SessionSource::new))));
        binance.ifAvailable((broker) -> feeds.add(new BrokerFeed(feed("binance", PriceBasis.LAST), own.key("binance"),
                () -> Mono.just(new MarketSource(broker.market())))));
        return new BrokerFeeds(feeds);
    }

    private static Feed feed(String name, PriceBasis basis) {
        return new Feed(name, basis, FeedClock.UTC, FeedClock.UTC, Feed.CLOSE_AFTER, Calendar.ALWAYS, false);
    }

}
