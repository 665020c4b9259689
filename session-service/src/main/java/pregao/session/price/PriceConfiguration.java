package pregao.session.price;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Calendar;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.session.account.OpenSessions;
import pregao.session.background.Repetition;

/**
 * The feeds of the brokers that are configured, and the thread that looks after their
 * streams.
 */
@Configuration(proxyBeanMethods = false)
class PriceConfiguration {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /**
     * Its options settle on the middle of the quote, and what it calls OTC never closes.
     */
    @Bean
    @ConditionalOnProperty("pregao.polarium.socket")
    BrokerFeed polariumFeed(OwnFeeds own, OpenSessions sessions) {
        return new BrokerFeed(feed("polarium", PriceBasis.MID), own.key("polarium"),
                () -> sessions.any("polarium").map(SessionSource::new));
    }

    @Bean
    BrokerFeeds brokerFeeds(ObjectProvider<BrokerFeed> feeds) {
        return new BrokerFeeds(feeds.orderedStream().toList());
    }

    @Bean
    Repetition streaming(Prices prices) {
        return new Repetition("prices", EVERY, prices::turn);
    }

    private static Feed feed(String name, PriceBasis basis) {
        return new Feed(name, basis, FeedClock.UTC, Feed.CLOSE_AFTER, Calendar.ALWAYS, false);
    }

}
