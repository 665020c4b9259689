package pregao.strategy.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.bot.Performance;
import pregao.strategy.candle.CandleSeries;
import pregao.strategy.json.ExactJson;

/**
 * A report of evidence as it is being written.
 */
final class EvidenceReportBuilder {

    private final ObjectNode node = ExactJson.object();

    private final ArrayNode instruments;

    private final List<CandleRevision> listed = new ArrayList<>();

    private int revised;

    private final int most;

    EvidenceReportBuilder(EvidencePeriod stretch, Instant settledAt, int most) {
        this.node.put("bot", stretch.bot().toString())
            .put("settled_at", settledAt.toString())
            .put("since", stretch.since().toString());
        this.instruments = this.node.putArray("instruments");
        this.most = most;
    }

    void instrument(ObservedRange seen, CandleSeries minutes) {
        this.revised += minutes.revised();
        Instrument instrument = seen.instrument();
        this.instruments.addObject()
            .put("feed", instrument.feed())
            .put("symbol", instrument.symbol())
            .put("from", Instant.ofEpochMilli(seen.from()).toString())
            .put("to", Instant.ofEpochMilli(seen.to()).toString())
            .put("decisions", seen.decisions())
            .put("minutes", minutes.range().end() - minutes.range().begin())
            .put("warm_up", minutes.range().begin() - minutes.range().warm())
            .put("gaps", minutes.countGaps())
            .put("missing_minutes", minutes.countMissingMinutes())
            .put("revised", minutes.revised())
            .put("sha256", minutes.sha256());
    }

    /** How many more revised candles are told one by one. */
    int room() {
        return this.most - this.listed.size();
    }

    void revised(List<CandleRevision> more) {
        this.listed.addAll(more);
    }

    /** So much of what was read is not what it first was. */
    int revised() {
        return Math.max(this.revised, this.listed.size());
    }

    ObjectNode write(PaperBacktestComparison comparison, DifferenceExplainer reasons, int leastTrades) {
        this.node.set("paper", performance(comparison.paper()));
        this.node.set("backtest", performance(comparison.backtest()));
        this.node.put("same", comparison.matching().same())
            .put("other_prices", comparison.matching().otherPrices())
            .put("differ", comparison.differ())
            .put("open", comparison.matching().open().size());
        number("entry_slippage", comparison.entrySlippage());
        number("exit_slippage", comparison.exitSlippage());
        differences(comparison.matching(), reasons);
        ArrayNode candles = this.node.putArray("revised");
        this.listed.forEach((one) -> candles.addObject()
            .put("feed", one.instrument().feed())
            .put("symbol", one.instrument().symbol())
            .put("timeframe", one.timeframe())
            .put("ts", one.at().toString())
            .put("revision", one.number()));
        this.node.put("revised_minutes", this.revised);
        EvidenceExplanation evidenceExplanation = EvidenceExplanation.of(comparison, revised(), leastTrades);
        ObjectNode sentences = this.node.putObject("sentences");
        evidenceExplanation.en().forEach(sentences.putArray("en")::add);
        evidenceExplanation.pt().forEach(sentences.putArray("pt")::add);
        return this.node;
    }

    private void differences(TradeMatchResult matching, DifferenceExplainer reasons) {
        ArrayNode arrayNode = this.node.putArray("differences");
        List<MatchedTrade> differ = matching.pairs().stream().filter((pair) -> !pair.isSame()).toList();
        List<MatchedTrade> priced = matching.pairs()
            .stream()
            .filter((pair) -> pair.isSame() && !pair.isExact())
            .toList();
        pairs(arrayNode, "differs", differ, reasons);
        tell(arrayNode, "only_paper", matching.onlyPaper(), ComparedTrade::instrument,
                (deal, node) -> node.set("paper", deal.json()), reasons::notInBacktest);
        tell(arrayNode, "only_backtest", matching.onlyBacktest(), ComparedTrade::instrument,
                (deal, node) -> node.set("backtest", deal.json()), reasons::notTraded);
        pairs(arrayNode, "other_price", priced, reasons);
        int all = differ.size() + priced.size() + matching.onlyPaper().size() + matching.onlyBacktest().size();
        this.node.put("differences_left_out", all - arrayNode.size());
    }

    private void pairs(ArrayNode arrayNode, String what, List<MatchedTrade> pairs, DifferenceExplainer reasons) {
        tell(arrayNode, what, pairs, (pair) -> pair.paper().instrument(), (pair, node) -> {
            node.set("paper", pair.paper().json());
            node.set("backtest", pair.backtest().json());
        }, reasons::differs);
    }

    private <T> void tell(ArrayNode arrayNode, String what, List<T> these, Function<T, Instrument> instrument,
            java.util.function.BiConsumer<T, ObjectNode> sides, Function<T, DifferenceReason> why) {
        for (T one : these.subList(0, Math.min(these.size(), this.most - arrayNode.size()))) {
            ObjectNode node = arrayNode.addObject().put("what", what);
            node.put("feed", instrument.apply(one).feed()).put("symbol", instrument.apply(one).symbol());
            sides.accept(one, node);
            DifferenceReason reason = why.apply(one);
            node.put("why", reason.cause().text()).put("en", reason.en()).put("pt", reason.pt());
        }
    }

    private static ObjectNode performance(Performance performance) {
        ObjectNode node = ExactJson.object().put("trades", performance.trades()).put("wins", performance.wins());
        node.put("win_rate", performance.winRate()).put("break_even", performance.breakEven());
        node.putArray("interval").add(performance.intervalLow()).add(performance.intervalHigh());
        return node.put("profit", ExactJson.plain(performance.profit()))
            .put("fees", ExactJson.plain(performance.fees()))
            .put("drawdown", ExactJson.plain(performance.drawdown()))
            .put("ambiguous", performance.ambiguous());
    }

    private void number(String field, double value) {
        this.node.put(field, Double.isFinite(value) ? (Double) value : null);
    }

}
