package pregao.session.broker.marketdata;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.session.broker.account.SharedSessionRotation;
import pregao.session.broker.api.Broker;
import pregao.session.broker.api.TokenBucket;
import pregao.session.broker.binance.BinanceBroker;
import pregao.session.broker.polarium.PolariumBroker;

/**
 * The configuration of the feeds of brokers.
 */
@Configuration(proxyBeanMethods = false)
class MarketDataConfiguration {

    /**
     * Options of Polarium settle on the mid price, and only its users see its prices. The
     * market data of Binance is public. Both brokers have instruments that trade around
     * the clock.
     */
    @Bean
    BrokerFeedRegistry brokerFeeds(SystemFeedProvisioner provisioner, SharedSessionRotation sessions,
            MarketDataProperties settings, ObjectProvider<PolariumBroker> polarium,
            ObjectProvider<BinanceBroker> binance) {
        List<BrokerFeed> feeds = new ArrayList<>();
        polarium.ifAvailable((broker) -> feeds.add(new BrokerFeed(createFeed("polarium", PriceBasis.MID),
                provisioner.deriveKey("polarium"), createSessionSources("polarium", broker, sessions, settings))));
        binance.ifAvailable((broker) -> feeds
            .add(new BrokerFeed(createFeed("binance", PriceBasis.LAST), provisioner.deriveKey("binance"),
                    () -> Mono.just(new PublicMarketDataSource(broker.marketDataClient())))));
        return new BrokerFeedRegistry(feeds);
    }

    /**
     * Creates a supplier of sources that use the operator's account if one is configured,
     * and otherwise only the accounts of users who share their sessions. A minute ends
     * for all streams at the same time, so the burst of the budget holds one request per
     * stream.
     */
    private static Supplier<Mono<MarketDataSource>> createSessionSources(String brokerName, Broker broker,
            SharedSessionRotation sessions, MarketDataProperties settings) {
        TokenBucket budget = new TokenBucket(settings.requests(), settings.maxStreams());
        SystemAccount systemAccount = settings.system().get(brokerName);
        if (systemAccount != null) {
            SystemSession systemSession = new SystemSession(brokerName, broker, systemAccount.credentials());
            return () -> systemSession.findOpenSession()
                .map((session) -> new SharedMarketDataSource(new SessionMarketDataSource(session), budget,
                        Mono.never()));
        }
        return () -> sessions.next(brokerName)
            .map((shared) -> new SharedMarketDataSource(new SessionMarketDataSource(shared.session()), budget,
                    shared.withdrawn()));
    }

    private static Feed createFeed(String name, PriceBasis priceBasis) {
        return new Feed(name, priceBasis, FeedClock.UTC, FeedClock.UTC, Feed.CLOSE_AFTER, TradingCalendar.ALWAYS,
                false);
    }

}
