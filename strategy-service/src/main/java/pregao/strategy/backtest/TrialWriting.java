package pregao.strategy.backtest;

import java.math.BigDecimal;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Price;
import pregao.market.backtest.BacktestSettings;
import pregao.market.backtest.Parameter;
import pregao.market.option.OptionSettings;
import pregao.strategy.document.Json;
import pregao.strategy.rule.StrategyJson;

/**
 * Writes what is tried in full: what was not said with what was meant, and strategies as
 * they are now, whatever becomes of those that are kept.
 */
final class TrialWriting {

    private TrialWriting() {
    }

    /** What {@link TrialReading} reads as the same trial. */
    static ObjectNode write(Trial trial) {
        ObjectNode node = Json.object();
        node.put("kind", trial.method().kind());
        node.put("feed", trial.instrument().feed());
        node.put("symbol", trial.instrument().symbol());
        node.put("from", trial.from().toString());
        node.put("to", trial.to().toString());
        switch (trial.method()) {
            case Trial.Single single -> write(node, single.settings());
            case Trial.Swept swept -> {
                write(node, swept.settings());
                node.set("sweep", write(swept.search()));
            }
            case Trial.Walked walked -> {
                write(node, walked.settings());
                node.set("sweep", write(walked.search()));
                node.putObject("walk_forward")
                    .put("learn", walked.learn().toString())
                    .put("try", walked.attempt().toString());
            }
            case Trial.Options options -> write(node, options.settings());
        }
        return node;
    }

    private static void write(ObjectNode node, BacktestSettings settings) {
        node.set("strategy", StrategyJson.write(settings.strategy()));
        node.put("convention", settings.convention().text());
        node.put("capital", Json.plain(settings.capital()));
        node.put("money", Json.plain(settings.money()));
        node.put("fee", units(settings.costs().fee()));
        node.put("spread", units(settings.costs().spread()));
        node.put("slippage", units(settings.costs().slippage()));
        node.put("price_cap", units(settings.costs().cap()));
        node.put("days_a_year", settings.daysAYear());
        ArrayNode protections = node.putArray("protections");
        settings.protections().forEach((protection) -> protections.add(ProtectionJson.write(protection)));
    }

    private static ObjectNode write(Trial.Search search) {
        ObjectNode node = Json.object();
        ArrayNode parameters = node.putArray("parameters");
        for (Parameter parameter : search.grid().parameters()) {
            ArrayNode values = parameters.addObject().put("path", parameter.name()).putArray("values");
            parameter.values().forEach((value) -> values.add(Json.plain(value)));
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

    private static void write(ObjectNode node, OptionSettings settings) {
        node.put("capital", Json.plain(settings.capital()));
        ObjectNode options = node.putObject("options");
        options.put("pattern", settings.plan().pattern().name());
        options.put("decimals", settings.plan().decimals());
        options.put("stake", Json.plain(settings.plan().stake()));
        ArrayNode levels = options.putArray("levels");
        settings.plan().levels().forEach((level) -> levels.add(Json.plain(level)));
        options.put("payout", Json.plain(settings.payout()));
        options.put("equals", OptionsReading.text(settings.plan().equals()));
    }

    private static BigDecimal units(long units) {
        return Json.plain(Price.toDecimal(units));
    }

}
