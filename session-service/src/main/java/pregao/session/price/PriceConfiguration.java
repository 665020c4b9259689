package pregao.session.price;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Calendar;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.session.account.SharedSessions;
import pregao.session.binance.BinanceBroker;
import pregao.session.broker.Broker;
import pregao.session.broker.RateLimit;
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
    BrokerFeeds brokerFeeds(OwnFeeds own, SharedSessions sessions, PriceSettings settings,
            ObjectProvider<PolariumBroker> polarium, ObjectProvider<BinanceBroker> binance) {
        List<BrokerFeed> feeds = new ArrayList<>();
        polarium.ifAvailable((broker) -> feeds.add(new BrokerFeed(feed("polarium", PriceBasis.MID), own.key("polarium"),
                accounts("polarium", broker, sessions, settings))));
        binance.ifAvailable((broker) -> feeds.add(new BrokerFeed(feed("binance", PriceBasis.LAST), own.key("binance"),
                () -> Mono.just(new MarketSource(broker.market())))));
        return new BrokerFeeds(feeds);
    }

    /**
     * Through the operator's account where one is set, and else only through those of
     * people who agreed. A minute ends for all streams at once, so the budget holds a
     * request for each.
     */
    private static Supplier<Mono<Source>> accounts(String name, Broker broker, SharedSessions sessions,
            PriceSettings settings) {
        RateLimit budget = new RateLimit(settings.requests(), settings.most());
        SystemAccount system = settings.system().get(name);
        if (system != null) {
            SystemSession session = new SystemSession(name, broker, system.credentials());
            return () -> session.present()
                .map((open) -> new SharedSource(new SessionSource(open), budget, Mono.never()));
        }
        return () -> sessions.next(name)
            .map((shared) -> new SharedSource(new SessionSource(shared.session()), budget, shared.withdrawn()));
    }

    private static Feed feed(String name, PriceBasis basis) {
        return new Feed(name, basis, FeedClock.UTC, FeedClock.UTC, Feed.CLOSE_AFTER, Calendar.ALWAYS, false);
    }

}
