package pregao.strategy.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.strategy.backtest.CandleMemoryLimiter;
import pregao.strategy.bot.BotDefinitionReader;
import pregao.strategy.bot.BotRepository;
import pregao.strategy.bot.BotResponse;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.candle.CandleSeries;
import pregao.strategy.candle.MinuteCandleReader;
import pregao.strategy.job.Job;
import pregao.strategy.job.JobHandler;
import pregao.strategy.job.ProgressListener;
import pregao.strategy.json.ExactJson;

/**
 * Sets what a bot did on paper beside a backtest of the candles it saw.
 */
@Component
class EvidenceJobHandler implements JobHandler {

    static final String KIND = "evidence";

    /** A backtest that trades more often says nothing that fits into a report. */
    private static final int MOST_SAID = 200_000;

    private final BotRepository bots;

    private final PaperTradingRepository records;

    private final CandleRevisionRepository revisions;

    private final MinuteCandleReader bars;

    private final CandleMemoryLimiter memory;

    private final JdbcClient database;

    private final EvidenceProperties settings;

    EvidenceJobHandler(BotRepository bots, PaperTradingRepository records, CandleRevisionRepository revisions,
            MinuteCandleReader bars, CandleMemoryLimiter memory, JdbcClient database, EvidenceProperties settings) {
        this.bots = bots;
        this.records = records;
        this.revisions = revisions;
        this.bars = bars;
        this.memory = memory;
        this.database = database;
        this.settings = settings;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Finished run(Job job, ProgressListener progress) {
        EvidenceJobRequest wish = EvidenceJobRequest.read(job.request());
        EvidencePeriod stretch = wish.stretch();
        BotResponse bot = this.bots.find(stretch.bot(), job.person())
            .filter((botResponse) -> botResponse.settledAt().equals(wish.settledAt()))
            .orElseThrow(() -> new JobRejectedException("The bot was deleted or changed meanwhile"));
        TradingPlan plan = BotDefinitionReader.read(bot.settings()).plan();
        List<ObservedRange> seen = this.records.seen(stretch);
        if (seen.isEmpty()) {
            throw new JobRejectedException("The bot decided nothing in this time, so there is nothing to compare");
        }
        List<ComparedTrade> paper = paper(stretch, seen);
        EvidenceReportBuilder report = new EvidenceReportBuilder(stretch, wish.settledAt(), this.settings.maxListed());
        Map<Instrument, Long> begins = new HashMap<>();
        List<ComparedTrade> backtest = new ArrayList<>();
        for (ObservedRange one : seen) {
            progress.at("trying again", begins.size(), seen.size());
            backtest.addAll(again(plan, one, report, begins, progress));
            if (backtest.size() > MOST_SAID) {
                throw new JobRejectedException(
                        "The backtest has more than %,d trades; ask for a shorter time".formatted(MOST_SAID));
            }
        }
        progress.at("comparing", seen.size(), seen.size());
        DifferenceExplainer reasons = new DifferenceExplainer(this.database, this.revisions, bot.id(),
                BacktestReplay.warm(plan), begins,
                seen.stream().collect(Collectors.toMap(ObservedRange::instrument, ObservedRange::to)), paper, backtest);
        PaperBacktestComparison comparison = PaperBacktestComparison.of(TradeMatchResult.of(paper, backtest));
        ObjectNode written = report.write(comparison, reasons, this.settings.minTrades());
        return new Finished(ExactJson.text(summary(comparison)), ExactJson.text(written));
    }

    private List<ComparedTrade> paper(EvidencePeriod stretch, List<ObservedRange> seen) {
        int most = this.settings.maxTrades();
        List<ComparedTrade> all = new ArrayList<>(this.records.trades(stretch, most + 1));
        all.addAll(this.records.held(stretch, most + 1));
        if (all.size() > most) {
            throw new JobRejectedException(
                    "The bot made more than %,d trades in this time; ask for a shorter one".formatted(most));
        }
        Map<Instrument, ObservedRange> ends = seen.stream()
            .collect(Collectors.toMap(ObservedRange::instrument, Function.identity()));
        return all.stream().map((deal) -> {
            ObservedRange one = ends.get(deal.instrument());
            return (one != null) ? deal.at(one.to()) : deal;
        }).toList();
    }

    private List<ComparedTrade> again(TradingPlan plan, ObservedRange seen, EvidenceReportBuilder report,
            Map<Instrument, Long> begins, ProgressListener progress) {
        Timeframe warm = BacktestReplay.warm(plan);
        int count = this.bars.count(seen.instrument(), seen.from(), seen.to(), warm);
        return this.memory.runWithMemory(count, progress, () -> {
            CandleSeries minutes = this.bars.read(seen.instrument(), seen.from(), seen.to(), warm);
            report.instrument(seen, minutes);
            long begin = (minutes.bars().size() > 0) ? minutes.bars().times()[0] : seen.from();
            begins.put(seen.instrument(), begin);
            report.revised(this.revisions.first(seen.instrument(), warm, Instant.ofEpochMilli(begin),
                    Instant.ofEpochMilli(seen.to()), report.room()));
            return BacktestReplay.of(plan, minutes);
        });
    }

    private static ObjectNode summary(PaperBacktestComparison comparison) {
        return ExactJson.object()
            .put("trades", comparison.paper().trades())
            .put("same", comparison.matching().same())
            .put("differ", comparison.differ())
            .put("profit", ExactJson.plain(comparison.paper().profit()))
            .put("backtest_profit", ExactJson.plain(comparison.backtest().profit()));
    }

}
