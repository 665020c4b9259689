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
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.ExactJson;
import pregao.strategy.json.ObjectReader;

/**
 * Protections as JSON.
 */
public final class ProtectionMapper {

    private static final int MAX_COUNT = 10;

    private static final Duration MAX_DURATION = Duration.ofDays(366);

    private static final Map<String, Function<ObjectReader, Protection>> KINDS = kinds();

    private ProtectionMapper() {
    }

    private static Map<String, Function<ObjectReader, Protection>> kinds() {
        Map<String, Function<ObjectReader, Protection>> kinds = new LinkedHashMap<>();
        kinds.put("cooldown", (one) -> new Protection.Cooldown(time(one, "rest")));
        kinds.put("stop_guard", (one) -> new Protection.StopGuard(time(one, "lookback"), count(one, "limit"),
                time(one, "rest"), one.flag("by_symbol")));
        kinds.put("max_drawdown", (one) -> new Protection.MaxDrawdown(time(one, "lookback"), count(one, "least"),
                one.decimal("most", DecimalRange.above0("1000", 8), null), time(one, "rest")));
        kinds.put("low_profit",
                (one) -> new Protection.LowProfit(time(one, "lookback"), count(one, "least"),
                        one.decimal("required",
                                new DecimalRange(BigDecimal.valueOf(-1000), true, BigDecimal.valueOf(1000), 8), null),
                        time(one, "rest")));
        return kinds;
    }

    /**
     * Reads protections, noting what is wrong.
     * @param document whose field {@code protections} has them
     * @return none where it is missing
     */
    public static List<Protection> read(ObjectReader document) {
        List<Protection> all = new ArrayList<>();
        List<JsonNode> items = document.items("protections", MAX_COUNT);
        for (int i = 0; i < items.size(); i++) {
            ObjectReader one = ObjectReader.of(items.get(i), document.path("protections[%d]".formatted(i)),
                    document.wrong());
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
        ObjectNode node = ExactJson.object();
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
                .put("most", ExactJson.plain(one.most()))
                .put("rest", one.rest().toString());
            case Protection.LowProfit one -> node.put("kind", "low_profit")
                .put("lookback", one.lookback().toString())
                .put("least", one.least())
                .put("required", ExactJson.plain(one.required()))
                .put("rest", one.rest().toString());
        }
        return node;
    }

    private static Duration time(ObjectReader one, String field) {
        return one.duration(field, MAX_DURATION);
    }

    private static int count(ObjectReader one, String field) {
        return (int) one.whole(field, 1, 1000, null);
    }

}
