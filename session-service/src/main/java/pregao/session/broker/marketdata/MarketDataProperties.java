package pregao.session.broker.marketdata;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of market data streams.
 *
 * @param symbols the symbols by feed that are streamed even without a subscription
 * @param maxStreams the maximum number of streams of a feed
 * @param maxStreamsPerUser the maximum number of subscriptions of a user
 * @param history how far back the first candles of an instrument go
 * @param requests the maximum number of requests per second that one replica sends
 * through accounts at a broker for shared prices
 * @param system the operator's accounts for shared prices, by broker
 */
@ConfigurationProperties("pregao.marketdata")
public record MarketDataProperties(@DefaultValue Map<String, List<String>> symbols, @DefaultValue("100") int maxStreams,
        @DefaultValue("20") int maxStreamsPerUser, @DefaultValue("1d") Duration history,
        @DefaultValue("20") int requests, @DefaultValue Map<String, SystemAccount> system) {

    public MarketDataProperties {
        symbols = Map.copyOf(symbols);
        system = Map.copyOf(system);
        if (maxStreams < 1 || maxStreamsPerUser < 0 || requests < 1) {
            throw new IllegalArgumentException("most and requests are at least 1, and most-of-person is at least 0");
        }
        if (history.isNegative() || history.compareTo(StreamCursor.MAX_HISTORY) > 0) {
            throw new IllegalArgumentException(
                    "history is from 0 to %s, not %s".formatted(StreamCursor.MAX_HISTORY, history));
        }
    }

    Set<String> symbolsOfFeed(String feed) {
        return Set.copyOf(this.symbols.getOrDefault(feed, List.of()));
    }

}
