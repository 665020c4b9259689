package pregao.strategy.candle;

import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.FieldValidator;

/**
 * Checks whether feeds exist: configured feeds, feeds with candles, and the feeds of the
 * brokers, which start with their first price.
 */
@Component
public class KnownFeeds {

    /** The expected value that errors name if a feed does not exist. */
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
     * Returns whether a user can refer to a feed.
     * @param feed the name of the feed
     * @param user the user, whose API key may belong to this feed before it has a price
     * @return false if there is no such feed
     */
    public boolean isKnown(String feed, AuthenticatedUser user) {
        return BROKER_FEEDS.contains(feed) || feed.equals(user.feed())
                || this.database.sql(EXISTS).param("feed", feed).query(Boolean.class).single();
    }

    /**
     * Rejects a request whose field {@code feed} names an unknown feed.
     * @param feed the name of the feed
     * @param user the user who sent the request
     * @throws pregao.webapi.problem.ProblemException 422 if there is no such feed
     */
    public void requireKnown(String feed, AuthenticatedUser user) {
        FieldValidator fields = new FieldValidator();
        fields.require(isKnown(feed, user), "feed", EXPECTED);
        fields.check();
    }

}
