package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.market.protection.Protection;
import pregao.strategy.document.Bounds;
import pregao.strategy.document.Document;
import pregao.strategy.document.Json;

/**
 * Protections as JSON.
 */
public final class ProtectionJson {

    private static final int MOST = 10;

    private static final Duration LONGEST = Duration.ofDays(366);

    private static final Map<String, Function<Document, Protection>> KINDS = kinds();

    private ProtectionJson() {
    }

    private static Map<String, Function<Document, Protection>> kinds() {
        Map<String, Function<Document, Protection>> kinds = new LinkedHashMap<>();
        kinds.put("cooldown", (one) -> new Protection.Cooldown(time(one, "rest")));
        kinds.put("stop_guard", (one) -> new Protection.StopGuard(time(one, "lookback"), count(one, "limit"),
                time(one, "rest"), one.flag("by_symbol")));
        kinds.put("max_drawdown", (one) -> new Protection.MaxDrawdown(time(one, "lookback"), count(one, "least"),
                one.decimal("most", Bounds.above0("1000", 8), null), time(one, "rest")));
        kinds.put("low_profit",
                (one) -> new Protection.LowProfit(time(one, "lookback"), count(one, "least"),
                        one.decimal("required",
                                new Bounds(BigDecimal.valueOf(-1000), true, BigDecimal.valueOf(1000), 8), null),
                        time(one, "rest")));
        return kinds;
    }

    /**
     * Reads protections, noting what is wrong.
     * @param document whose field {@code protections} has them
     * @return none where it is missing
     */
    public static List<Protection> read(Document document) {
        List<Protection> all = new ArrayList<>();
        List<JsonNode> items = document.items("protections", MOST);
        for (int i = 0; i < items.size(); i++) {
            Document one = Document.of(items.get(i), document.path("protections[%d]".formatted(i)), document.wrong());
            all.add(one.word("kind", KINDS, null).apply(one));
            one.noOthers();
        }
        return all;
    }

    /**
     * Writes one.
     * @param protection any
     * @return all of its fields
     */
    public static ObjectNode write(Protection protection) {
        ObjectNode node = Json.object();
        switch (protection) {
            case Protection.Cooldown one -> node.put("kind", "cooldown").put("rest", one.rest().toString());
            case Protection.StopGuard one -> node.put("kind", "stop_guard")
                .put("lookback", one.lookback().toString())
                .put("limit", one.limit())
                .put("rest", one.rest().toString())
                .put("by_symbol", one.bySymbol());
            case Protection.MaxDrawdown one -> node.put("kind", "max_drawdown")
                .put("lookback", one.lookback().toString())
                .put("least", one.least())
                .put("most", Json.plain(one.most()))
                .put("rest", one.rest().toString());
            case Protection.LowProfit one -> node.put("kind", "low_profit")
                .put("lookback", one.lookback().toString())
                .put("least", one.least())
                .put("required", Json.plain(one.required()))
                .put("rest", one.rest().toString());
        }
        return node;
    }

    private static Duration time(Document one, String field) {
        return one.duration(field, LONGEST);
    }

    private static int count(Document one, String field) {
        return (int) one.whole(field, 1, 1000, null);
    }

}
