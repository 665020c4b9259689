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
 * @param items in order of time
 * @param next the cursor of the next page; null where this is the last
 */
record TradePage(@JsonRawValue @Schema(type = "array") String items, @Nullable String next) {

    private static final int MAX_COUNT = 1_000;

    private static final int USUAL = 200;

    private static final int DIGITS = 9;

    static TradePage of(List<String> trades, TradePageQuery wanted) {
        boolean more = trades.size() > wanted.limit();
        List<String> shown = more ? trades.subList(0, wanted.limit()) : trades;
        return new TradePage("[" + String.join(",", shown) + "]",
                more ? Integer.toString(wanted.after() + wanted.limit()) : null);
    }

    /**
     * Which page.
     *
     * @param limit how many trades
     * @param after which number
     */
    record TradePageQuery(int limit, int after) {

        static TradePageQuery of(Map<String, String> given) {
            QueryParameters parameters = new QueryParameters(given);
            Integer limit = parameters.optional("limit", "1 to " + MAX_COUNT, (text) -> number(text, 1, MAX_COUNT));
            Integer cursor = parameters.optional("cursor", "the value of next in the page before",
                    (text) -> number(text, 0, Integer.MAX_VALUE));
            if (parameters.anyWrong()) {
                throw parameters.failure();
            }
            return new TradePageQuery(Objects.requireNonNullElse(limit, USUAL), Objects.requireNonNullElse(cursor, -1));
        }

    }

    static Optional<Integer> number(String text, int least, int most) {
        return Optional.of(text)
            .filter((digits) -> digits.length() <= DIGITS && digits.chars().allMatch((one) -> one >= '0' && one <= '9'))
            .map(Integer::valueOf)
            .filter((number) -> number >= least && number <= most);
    }

}
