package pregao.strategy.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Timeframe;
import pregao.market.rule.Rule;
import pregao.market.rule.Strategy;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.ExactJson;
import pregao.strategy.json.ObjectReader;

/**
 * Maps strategies to JSON and back without loss.
 */
public final class StrategyJsonMapper {

    private static final int MAX_NAME_LENGTH = 60;

    private static final int SCALE = 8;

    private static final DecimalRange STOP_RANGE = DecimalRange.greaterThanZero("0.99999999", SCALE);

    private static final DecimalRange TAKE_RANGE = DecimalRange.greaterThanZero("10", SCALE);

    private static final Map<String, Timeframe> TIMEFRAMES = new LinkedHashMap<>();

    static {
        Arrays.stream(Timeframe.values()).forEach((timeframe) -> TIMEFRAMES.put(timeframe.name(), timeframe));
    }

    private StrategyJsonMapper() {
    }

    /**
     * Reads a strategy, collecting all errors.
     * @param node the JSON
     * @param path the path of the strategy in the document; empty for the root
     * @param errors receives the errors
     * @return the strategy, or null if there are errors
     */
    public static @Nullable Strategy read(@Nullable JsonNode node, String path, List<DocumentError> errors) {
        int errorCount = errors.size();
        ObjectReader reader = ObjectReader.of(node, path, errors);
        if (errors.size() > errorCount) {
            return null;
        }
        String name = reader.name("name", MAX_NAME_LENGTH);
        Timeframe timeframe = reader.oneOf("timeframe", TIMEFRAMES, null);
        Rule buy = new RuleParser(errors).parse(reader.get("buy"), reader.path("buy"), 1);
        Rule sell = new RuleParser(errors).parse(reader.get("sell"), reader.path("sell"), 1);
        BigDecimal stop = reader.decimal("stop", STOP_RANGE, null);
        BigDecimal take = (reader.get("take") != null) ? reader.decimal("take", TAKE_RANGE, null) : null;
        boolean shorts = reader.bool("shorts");
        reader.rejectUnknownFields();
        return (errors.size() > errorCount || buy == null || sell == null) ? null
                : new Strategy(name, timeframe, buy, sell, stop, take, shorts);
    }

    /**
     * Reads a strategy that this class wrote.
     * @param json the JSON
     * @return the strategy
     * @throws IllegalArgumentException if it is not a valid strategy
     */
    public static Strategy read(String json) {
        List<DocumentError> errors = new ArrayList<>();
        Strategy strategy = read(ExactJson.parseStored(json), "", errors);
        if (strategy == null) {
            throw new IllegalArgumentException("no strategy: " + errors);
        }
        return strategy;
    }

    /**
     * Writes a strategy.
     * @param strategy the strategy
     * @return the JSON with all fields; {@code take} only if it is set
     */
    public static ObjectNode write(Strategy strategy) {
        ObjectNode node = ExactJson.createObject();
        node.put("name", strategy.name());
        node.put("timeframe", strategy.timeframe().name());
        node.set("buy", RuleWriter.write(strategy.buy()));
        node.set("sell", RuleWriter.write(strategy.sell()));
        node.put("stop", ExactJson.normalize(strategy.stop()));
        if (strategy.take() != null) {
            node.put("take", ExactJson.normalize(strategy.take()));
        }
        node.put("shorts", strategy.shorts());
        return node;
    }

}
