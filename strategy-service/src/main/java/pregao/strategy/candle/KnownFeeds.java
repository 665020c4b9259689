package pregao.strategy.candle;

import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.FieldValidator;

/**
 * Which feeds there are: those that were set up, those that have candles, and those of
 * the brokers, which come with their first price.
 */
@Component
public class KnownFeeds {

    /** What is told where a feed is not there. */
    public static final String EXPECTED = "a feed that is there, as GET /api/feeds lists them";

    private static final Set<String> BROKER_FEEDS = Set.of("polarium", "binance");

    private static final String EXISTS = """
            select exists (select from market.feed where feed = :feed)
              or exists (select from market.candle where feed = :feed)""";

    private final JdbcClient database;

    KnownFeeds(JdbcClient database) {
        this.database = database;
    }

    /**
     * Whether somebody can mean a feed.
     * @param feed its name
     * @param user who, whose key may be of this feed before it has a price
     * @return false where there is none
     */
    public boolean isKnown(String feed, AuthenticatedUser user) {
        return BROKER_FEEDS.contains(feed) || feed.equals(user.feed())
                || this.database.sql(EXISTS).param("feed", feed).query(Boolean.class).single();
    }

    /**
     * Refuses a request about a feed that nobody can mean.
     * @param feed its name, as it stands in the field {@code feed}
     * @param user who asks
     * @throws pregao.webapi.problem.ProblemException 422 where there is none
     */
    public void requireKnown(String feed, AuthenticatedUser user) {
        FieldValidator fields = new FieldValidator();
        fields.require(isKnown(feed, user), "feed", EXPECTED);
        fields.check();
    }

}
