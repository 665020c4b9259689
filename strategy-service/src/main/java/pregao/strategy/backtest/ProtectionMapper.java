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
 * Maps protections from and to JSON.
 */
public final class ProtectionMapper {

    private static final int MAX_PROTECTIONS = 10;

    private static final Duration MAX_DURATION = Duration.ofDays(366);

    private static final Map<String, Function<ObjectReader, Protection>> READERS = readers();

    private ProtectionMapper() {
    }

    private static Map<String, Function<ObjectReader, Protection>> readers() {
        Map<String, Function<ObjectReader, Protection>> readers = new LinkedHashMap<>();
        readers.put("cooldown", (item) -> new Protection.Cooldown(readDuration(item, "rest")));
        readers.put("stop_guard", (item) -> new Protection.StopGuard(readDuration(item, "lookback"),
                readCount(item, "limit"), readDuration(item, "rest"), item.bool("by_symbol")));
        readers.put("max_drawdown",
                (item) -> new Protection.MaxDrawdown(readDuration(item, "lookback"), readCount(item, "least"),
                        item.decimal("most", DecimalRange.greaterThanZero("1000", 8), null),
                        readDuration(item, "rest")));
        readers.put("low_profit",
                (item) -> new Protection.LowProfit(readDuration(item, "lookback"), readCount(item, "least"),
                        item.decimal("required",
                                new DecimalRange(BigDecimal.valueOf(-1000), true, BigDecimal.valueOf(1000), 8), null),
                        readDuration(item, "rest")));
        return readers;
    }

    /**
     * Reads protections and records errors.
     * @param document the document with the field {@code protections}
     * @return the protections; empty if the field is missing
     */
    public static List<Protection> read(ObjectReader document) {
        List<Protection> protections = new ArrayList<>();
        List<JsonNode> items = document.array("protections", MAX_PROTECTIONS);
        for (int i = 0; i < items.size(); i++) {
            ObjectReader item = ObjectReader.of(items.get(i), document.path("protections[%d]".formatted(i)),
                    document.errors());
            protections.add(item.oneOf("kind", READERS, null).apply(item));
            item.rejectUnknownFields();
        }
        return protections;
    }

    /**
     * Writes a protection.
     * @param protection the protection to write
     * @return an object with all of its fields
     */
    public static ObjectNode write(Protection protection) {
        ObjectNode node = ExactJson.createObject();
        switch (protection) {
            case Protection.Cooldown cooldown -> node.put("kind", "cooldown").put("rest", cooldown.rest().toString());
            case Protection.StopGuard stopGuard -> node.put("kind", "stop_guard")
                .put("lookback", stopGuard.lookback().toString())
                .put("limit", stopGuard.limit())
                .put("rest", stopGuard.rest().toString())
                .put("by_symbol", stopGuard.bySymbol());
            case Protection.MaxDrawdown maxDrawdown -> node.put("kind", "max_drawdown")
                .put("lookback", maxDrawdown.lookback().toString())
                .put("least", maxDrawdown.least())
                .put("most", ExactJson.normalize(maxDrawdown.most()))
                .put("rest", maxDrawdown.rest().toString());
            case Protection.LowProfit lowProfit -> node.put("kind", "low_profit")
                .put("lookback", lowProfit.lookback().toString())
                .put("least", lowProfit.least())
                .put("required", ExactJson.normalize(lowProfit.required()))
                .put("rest", lowProfit.rest().toString());
        }
        return node;
    }

    private static Duration readDuration(ObjectReader item, String field) {
        return item.duration(field, MAX_DURATION);
    }

    private static int readCount(ObjectReader item, String field) {
        return (int) item.integer(field, 1, 1000, null);
    }

}
