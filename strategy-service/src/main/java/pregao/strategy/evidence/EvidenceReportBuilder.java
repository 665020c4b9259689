package pregao.strategy.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.bot.Performance;
import pregao.strategy.candle.CandleSeries;
import pregao.strategy.json.ExactJson;

/**
 * Builds the JSON of an evidence report.
 */
final class EvidenceReportBuilder {

    private final ObjectNode report = ExactJson.createObject();

    private final ArrayNode instruments;

    private final List<CandleRevision> listedRevisions = new ArrayList<>();

    private int revisedMinutes;

    private final int maxListed;

    EvidenceReportBuilder(EvidencePeriod period, Instant settledAt, int maxListed) {
        this.report.put("bot", period.bot().toString())
            .put("settled_at", settledAt.toString())
            .put("since", period.since().toString());
        this.instruments = this.report.putArray("instruments");
        this.maxListed = maxListed;
    }

    void addInstrument(ObservedRange range, CandleSeries minutes) {
        this.revisedMinutes += minutes.revised();
        Instrument instrument = range.instrument();
        this.instruments.addObject()
            .put("feed", instrument.feed())
            .put("symbol", instrument.symbol())
            .put("from", Instant.ofEpochMilli(range.from()).toString())
            .put("to", Instant.ofEpochMilli(range.to()).toString())
            .put("decisions", range.decisions())
            .put("minutes", minutes.range().end() - minutes.range().begin())
            .put("warm_up", minutes.range().begin() - minutes.range().warm())
            .put("gaps", minutes.countGaps())
            .put("missing_minutes", minutes.countMissingMinutes())
            .put("revised", minutes.revised())
            .put("sha256", minutes.sha256());
    }

    /** Returns how many more revised candles the report can list. */
    int remainingRevisions() {
        return this.maxListed - this.listedRevisions.size();
    }

    void addRevisions(List<CandleRevision> revisions) {
        this.listedRevisions.addAll(revisions);
    }

    /** Returns the number of revised candles among those that were read. */
    int countRevisions() {
        return Math.max(this.revisedMinutes, this.listedRevisions.size());
    }

    ObjectNode build(PaperBacktestComparison comparison, DifferenceExplainer explainer, int minTrades) {
        this.report.set("paper", toJson(comparison.paper()));
        this.report.set("backtest", toJson(comparison.backtest()));
        this.report.put("same", comparison.matching().countSame())
            .put("other_prices", comparison.matching().countDifferentPrices())
            .put("differ", comparison.countDifferences())
            .put("open", comparison.matching().open().size());
        putNumber("entry_slippage", comparison.meanEntrySlippage());
        putNumber("exit_slippage", comparison.meanExitSlippage());
        addDifferences(comparison.matching(), explainer);
        ArrayNode candles = this.report.putArray("revised");
        this.listedRevisions.forEach((revision) -> candles.addObject()
            .put("feed", revision.instrument().feed())
            .put("symbol", revision.instrument().symbol())
            .put("timeframe", revision.timeframe())
            .put("ts", revision.at().toString())
            .put("revision", revision.number()));
        this.report.put("revised_minutes", this.revisedMinutes);
        EvidenceExplanation explanation = EvidenceExplanation.of(comparison, countRevisions(), minTrades);
        ObjectNode sentences = this.report.putObject("sentences");
        explanation.en().forEach(sentences.putArray("en")::add);
        explanation.pt().forEach(sentences.putArray("pt")::add);
        return this.report;
    }

    private void addDifferences(TradeMatchResult matching, DifferenceExplainer explainer) {
        ArrayNode entries = this.report.putArray("differences");
        List<MatchedTrade> different = matching.pairs().stream().filter((match) -> !match.isSame()).toList();
        List<MatchedTrade> differentPrices = matching.pairs()
            .stream()
            .filter((match) -> match.isSame() && !match.isExact())
            .toList();
        addMatches(entries, "differs", different, explainer);
        addEntries(entries, "only_paper", matching.onlyPaper(), ComparedTrade::instrument,
                (trade, node) -> node.set("paper", trade.toJson()), explainer::explainOnlyPaper);
        addEntries(entries, "only_backtest", matching.onlyBacktest(), ComparedTrade::instrument,
                (trade, node) -> node.set("backtest", trade.toJson()), explainer::explainOnlyBacktest);
        addMatches(entries, "other_price", differentPrices, explainer);
        int total = different.size() + differentPrices.size() + matching.onlyPaper().size()
                + matching.onlyBacktest().size();
        this.report.put("differences_left_out", total - entries.size());
    }

    private void addMatches(ArrayNode entries, String kind, List<MatchedTrade> matches, DifferenceExplainer explainer) {
        addEntries(entries, kind, matches, (match) -> match.paper().instrument(), (match, node) -> {
            node.set("paper", match.paper().toJson());
            node.set("backtest", match.backtest().toJson());
        }, explainer::explainDifference);
    }

    private <T> void addEntries(ArrayNode entries, String kind, List<T> differences,
            Function<T, Instrument> instrumentOf, BiConsumer<T, ObjectNode> writeSides,
            Function<T, DifferenceReason> explain) {
        for (T difference : differences.subList(0, Math.min(differences.size(), this.maxListed - entries.size()))) {
            ObjectNode node = entries.addObject().put("what", kind);
            node.put("feed", instrumentOf.apply(difference).feed())
                .put("symbol", instrumentOf.apply(difference).symbol());
            writeSides.accept(difference, node);
            DifferenceReason reason = explain.apply(difference);
            node.put("why", reason.cause().code()).put("en", reason.en()).put("pt", reason.pt());
        }
    }

    private static ObjectNode toJson(Performance performance) {
        ObjectNode node = ExactJson.createObject().put("trades", performance.trades()).put("wins", performance.wins());
        node.put("win_rate", performance.winRate()).put("break_even", performance.breakEven());
        node.putArray("interval").add(performance.intervalLow()).add(performance.intervalHigh());
        return node.put("profit", ExactJson.normalize(performance.profit()))
            .put("fees", ExactJson.normalize(performance.fees()))
            .put("drawdown", ExactJson.normalize(performance.drawdown()))
            .put("ambiguous", performance.ambiguous());
    }

    private void putNumber(String field, double value) {
        this.report.put(field, Double.isFinite(value) ? (Double) value : null);
    }

}
