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
 * A strategy as JSON. What is written is read as the same strategy.
 */
public final class StrategyJsonMapper {

    private static final int LONGEST_NAME = 60;

    private static final int DECIMALS = 8;

    private static final DecimalRange STOP = DecimalRange.greaterThanZero("0.99999999", DECIMALS);

    private static final DecimalRange TAKE = DecimalRange.greaterThanZero("10", DECIMALS);

    private static final Map<String, Timeframe> TIMEFRAMES = new LinkedHashMap<>();

    static {
        Arrays.stream(Timeframe.values()).forEach((timeframe) -> TIMEFRAMES.put(timeframe.name(), timeframe));
    }

    private StrategyJsonMapper() {
    }

    /**
     * Reads a strategy, noting all that is wrong.
     * @param node what should be one
     * @param path of it in the document; empty where it is the whole
     * @param wrong takes what is wrong
     * @return null where anything is wrong
     */
    public static @Nullable Strategy read(@Nullable JsonNode node, String path, List<DocumentError> wrong) {
        int before = wrong.size();
        ObjectReader document = ObjectReader.of(node, path, wrong);
        if (wrong.size() > before) {
            return null;
        }
        String name = document.name("name", LONGEST_NAME);
        Timeframe timeframe = document.oneOf("timeframe", TIMEFRAMES, null);
        Rule buy = new RuleParser(wrong).read(document.get("buy"), document.path("buy"), 1);
        Rule sell = new RuleParser(wrong).read(document.get("sell"), document.path("sell"), 1);
        BigDecimal stop = document.decimal("stop", STOP, null);
        BigDecimal take = (document.get("take") != null) ? document.decimal("take", TAKE, null) : null;
        boolean shorts = document.bool("shorts");
        document.rejectUnknownFields();
        return (wrong.size() > before || buy == null || sell == null) ? null
                : new Strategy(name, timeframe, buy, sell, stop, take, shorts);
    }

    /**
     * Reads a strategy that was written here.
     * @param text JSON
     * @return the strategy
     * @throws IllegalArgumentException where it is none
     */
    public static Strategy read(String text) {
        List<DocumentError> wrong = new ArrayList<>();
        Strategy strategy = read(ExactJson.parseStored(text), "", wrong);
        if (strategy == null) {
            throw new IllegalArgumentException("no strategy: " + wrong);
        }
        return strategy;
    }

    /**
     * Writes a strategy.
     * @param strategy any
     * @return all of its fields, {@code take} only where it has one
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
