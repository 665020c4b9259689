package pregao.strategy.backtest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pregao.webapi.problem.QueryParameters;

/**
 * A page of trades.
 *
 * @param items the trades as a JSON array, in order of time
 * @param next the cursor of the next page; null for the last page
 */
record TradePage(@JsonRawValue @Schema(type = "array") String items, @Nullable String next) {

    private static final int MAX_LIMIT = 1_000;

    private static final int DEFAULT_LIMIT = 200;

    private static final int MAX_DIGITS = 9;

    static TradePage of(List<String> trades, TradePageQuery query) {
        boolean hasMore = trades.size() > query.limit();
        List<String> page = hasMore ? trades.subList(0, query.limit()) : trades;
        return new TradePage("[" + String.join(",", page) + "]",
                hasMore ? Integer.toString(query.after() + query.limit()) : null);
    }

    /**
     * The query for a page.
     *
     * @param limit the maximum number of trades
     * @param after the number of the last trade of the previous page; -1 for the first
     * page
     */
    record TradePageQuery(int limit, int after) {

        static TradePageQuery of(Map<String, String> values) {
            QueryParameters parameters = new QueryParameters(values);
            Integer limit = parameters.optional("limit", "1 to " + MAX_LIMIT,
                    (text) -> parseNumber(text, 1, MAX_LIMIT));
            Integer cursor = parameters.optional("cursor", "the value of next in the page before",
                    (text) -> parseNumber(text, 0, Integer.MAX_VALUE));
            if (parameters.hasErrors()) {
                throw parameters.toException();
            }
            return new TradePageQuery(Objects.requireNonNullElse(limit, DEFAULT_LIMIT),
                    Objects.requireNonNullElse(cursor, -1));
        }

    }

    static Optional<Integer> parseNumber(String text, int min, int max) {
        return Optional.of(text)
            .filter((digits) -> digits.length() <= MAX_DIGITS
                    && digits.chars().allMatch((digit) -> digit >= '0' && digit <= '9'))
            .map(Integer::valueOf)
            .filter((number) -> number >= min && number <= max);
    }

}
