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
 * Writes what is tried in full: what was not said with what was meant, and strategies as
 * they are now, whatever becomes of those that are kept.
 */
final class BacktestRequestWriter {

    private BacktestRequestWriter() {
    }

    /** What {@link BacktestRequestParser} reads as the same trial. */
    static ObjectNode write(BacktestRequest trial) {
        ObjectNode node = ExactJson.object();
        node.put("kind", trial.method().kind());
        node.put("feed", trial.instrument().feed());
        node.put("symbol", trial.instrument().symbol());
        node.put("from", trial.from().toString());
        node.put("to", trial.to().toString());
        switch (trial.method()) {
            case BacktestRequest.Single single -> write(node, single.settings());
            case BacktestRequest.Sweep swept -> {
                write(node, swept.settings());
                node.set("sweep", write(swept.search()));
            }
            case BacktestRequest.WalkForward walked -> {
                write(node, walked.settings());
                node.set("sweep", write(walked.search()));
                node.putObject("walk_forward")
                    .put("learn", walked.learn().toString())
                    .put("try", walked.attempt().toString());
            }
            case BacktestRequest.Options options -> write(node, options.settings());
        }
        return node;
    }

    private static void write(ObjectNode node, BacktestConfig settings) {
        node.set("strategy", StrategyJsonMapper.write(settings.strategy()));
        node.put("convention", settings.convention().text());
        node.put("capital", ExactJson.plain(settings.capital()));
        node.put("money", ExactJson.plain(settings.money()));
        node.put("fee", units(settings.costs().fee()));
        node.put("spread", units(settings.costs().spread()));
        node.put("slippage", units(settings.costs().slippage()));
        node.put("price_cap", units(settings.costs().cap()));
        node.put("days_a_year", settings.daysAYear());
        ArrayNode protections = node.putArray("protections");
        settings.protections().forEach((protection) -> protections.add(ProtectionMapper.write(protection)));
    }

    private static ObjectNode write(BacktestRequest.ParameterSearch search) {
        ObjectNode node = ExactJson.object();
        ArrayNode parameters = node.putArray("parameters");
        for (SweepParameter parameter : search.grid().parameters()) {
            ArrayNode values = parameters.addObject().put("path", parameter.name()).putArray("values");
            parameter.values().forEach((value) -> values.add(ExactJson.plain(value)));
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

    private static void write(ObjectNode node, OptionBacktestConfig settings) {
        node.put("capital", ExactJson.plain(settings.capital()));
        ObjectNode options = node.putObject("options");
        options.put("pattern", settings.plan().pattern().name());
        options.put("decimals", settings.plan().decimals());
        options.put("stake", ExactJson.plain(settings.plan().stake()));
        ArrayNode levels = options.putArray("levels");
        settings.plan().levels().forEach((level) -> levels.add(ExactJson.plain(level)));
        options.put("payout", ExactJson.plain(settings.payout()));
        options.put("equals", OptionsRequestParser.text(settings.plan().equals()));
    }

    private static BigDecimal units(long units) {
        return ExactJson.plain(Prices.toDecimal(units));
    }

}
