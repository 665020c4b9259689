package pregao.strategy.backtest;

import java.math.BigDecimal;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Prices;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.SweepParameter;
import pregao.market.option.OptionBacktestConfig;
import pregao.strategy.json.ExactJson;
import pregao.strategy.rule.StrategyJsonMapper;

/**
 * Writes requests as JSON in full, with defaults and with the strategy instead of its
 * name, so that later changes of a stored strategy have no effect.
 */
final class BacktestRequestWriter {

    private BacktestRequestWriter() {
    }

    /** Writes JSON that {@link BacktestRequestParser} parses to an equal request. */
    static ObjectNode write(BacktestRequest request) {
        ObjectNode node = ExactJson.createObject();
        node.put("kind", request.method().kind());
        node.put("feed", request.instrument().feed());
        node.put("symbol", request.instrument().symbol());
        node.put("from", request.from().toString());
        node.put("to", request.to().toString());
        switch (request.method()) {
            case BacktestRequest.Single single -> write(node, single.settings());
            case BacktestRequest.Sweep sweep -> {
                write(node, sweep.settings());
                node.set("sweep", write(sweep.search()));
            }
            case BacktestRequest.WalkForward walkForward -> {
                write(node, walkForward.settings());
                node.set("sweep", write(walkForward.search()));
                node.putObject("walk_forward")
                    .put("learn", walkForward.learn().toString())
                    .put("try", walkForward.attempt().toString());
            }
            case BacktestRequest.Options options -> write(node, options.settings());
        }
        return node;
    }

    private static void write(ObjectNode node, BacktestConfig config) {
        node.set("strategy", StrategyJsonMapper.write(config.strategy()));
        node.put("convention", config.convention().text());
        node.put("capital", ExactJson.normalize(config.capital()));
        node.put("money", ExactJson.normalize(config.money()));
        node.put("fee", toDecimal(config.costs().fee()));
        node.put("spread", toDecimal(config.costs().spread()));
        node.put("slippage", toDecimal(config.costs().slippage()));
        node.put("price_cap", toDecimal(config.costs().cap()));
        node.put("days_a_year", config.daysAYear());
        ArrayNode protections = node.putArray("protections");
        config.protections().forEach((protection) -> protections.add(ProtectionMapper.write(protection)));
    }

    private static ObjectNode write(BacktestRequest.ParameterSearch search) {
        ObjectNode node = ExactJson.createObject();
        ArrayNode parameters = node.putArray("parameters");
        for (SweepParameter parameter : search.grid().parameters()) {
            ArrayNode values = parameters.addObject().put("path", parameter.name()).putArray("values");
            parameter.values().forEach((value) -> values.add(ExactJson.normalize(value)));
        }
        if (search.drawn() != null) {
            node.put("points", search.drawn());
        }
        node.put("seed", search.seed());
        node.put("by", search.by().text());
        node.put("least_trades", search.least());
        node.put("top", search.top());
        return node;
    }

    private static void write(ObjectNode node, OptionBacktestConfig config) {
        node.put("capital", ExactJson.normalize(config.capital()));
        ObjectNode options = node.putObject("options");
        options.put("pattern", config.plan().pattern().name());
        options.put("decimals", config.plan().decimals());
        options.put("stake", ExactJson.normalize(config.plan().stake()));
        ArrayNode levels = options.putArray("levels");
        config.plan().levels().forEach((level) -> levels.add(ExactJson.normalize(level)));
        options.put("payout", ExactJson.normalize(config.payout()));
        options.put("equals", OptionsRequestParser.text(config.plan().equals()));
    }

    private static BigDecimal toDecimal(long units) {
        return ExactJson.normalize(Prices.toDecimal(units));
    }

}
