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
 * Compares the paper trades of a bot with a backtest on the candles that the bot
 * observed.
 */
@Component
class EvidenceJobHandler implements JobHandler {

    static final String KIND = "evidence";

    /** The maximum number of backtest trades; a report of more would not be useful. */
    private static final int MAX_BACKTEST_TRADES = 200_000;

    private final BotRepository botRepository;

    private final PaperTradingRepository paperTradingRepository;

    private final CandleRevisionRepository revisionRepository;

    private final MinuteCandleReader candleReader;

    private final CandleMemoryLimiter memoryLimiter;

    private final JdbcClient database;

    private final EvidenceProperties properties;

    EvidenceJobHandler(BotRepository botRepository, PaperTradingRepository paperTradingRepository,
            CandleRevisionRepository revisionRepository, MinuteCandleReader candleReader,
            CandleMemoryLimiter memoryLimiter, JdbcClient database, EvidenceProperties properties) {
        this.botRepository = botRepository;
        this.paperTradingRepository = paperTradingRepository;
        this.revisionRepository = revisionRepository;
        this.candleReader = candleReader;
        this.memoryLimiter = memoryLimiter;
        this.database = database;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Finished run(Job job, ProgressListener progress) {
        EvidenceJobRequest request = EvidenceJobRequest.parse(job.request());
        EvidencePeriod period = request.stretch();
        BotResponse bot = this.botRepository.find(period.bot(), job.person())
            .filter((storedBot) -> storedBot.settledAt().equals(request.settledAt()))
            .orElseThrow(() -> new JobRejectedException("The bot was deleted or changed meanwhile"));
        TradingPlan plan = BotDefinitionReader.read(bot.settings()).plan();
        List<ObservedRange> observedRanges = this.paperTradingRepository.findObservedRanges(period);
        if (observedRanges.isEmpty()) {
            throw new JobRejectedException("The bot decided nothing in this time, so there is nothing to compare");
        }
        List<ComparedTrade> paperTrades = findPaperTrades(period, observedRanges);
        EvidenceReportBuilder reportBuilder = new EvidenceReportBuilder(period, request.settledAt(),
                this.properties.maxListed());
        Map<Instrument, Long> startTimes = new HashMap<>();
        List<ComparedTrade> backtestTrades = new ArrayList<>();
        for (ObservedRange range : observedRanges) {
            progress.report("trying again", startTimes.size(), observedRanges.size());
            backtestTrades.addAll(replay(plan, range, reportBuilder, startTimes, progress));
            if (backtestTrades.size() > MAX_BACKTEST_TRADES) {
                throw new JobRejectedException(
                        "The backtest has more than %,d trades; ask for a shorter time".formatted(MAX_BACKTEST_TRADES));
            }
        }
        progress.report("comparing", observedRanges.size(), observedRanges.size());
        DifferenceExplainer explainer = new DifferenceExplainer(this.database, this.revisionRepository, bot.id(),
                BacktestReplay.warmUpTimeframe(plan), startTimes,
                observedRanges.stream().collect(Collectors.toMap(ObservedRange::instrument, ObservedRange::to)),
                paperTrades, backtestTrades);
        PaperBacktestComparison comparison = PaperBacktestComparison
            .of(TradeMatchResult.of(paperTrades, backtestTrades));
        ObjectNode report = reportBuilder.build(comparison, explainer, this.properties.minTrades());
        return new Finished(ExactJson.write(toSummary(comparison)), ExactJson.write(report));
    }

    private List<ComparedTrade> findPaperTrades(EvidencePeriod period, List<ObservedRange> observedRanges) {
        int maxTrades = this.properties.maxTrades();
        List<ComparedTrade> trades = new ArrayList<>(this.paperTradingRepository.findTrades(period, maxTrades + 1));
        trades.addAll(this.paperTradingRepository.findOpenPositions(period, maxTrades + 1));
        if (trades.size() > maxTrades) {
            throw new JobRejectedException(
                    "The bot made more than %,d trades in this time; ask for a shorter one".formatted(maxTrades));
        }
        Map<Instrument, ObservedRange> rangesByInstrument = observedRanges.stream()
            .collect(Collectors.toMap(ObservedRange::instrument, Function.identity()));
        return trades.stream().map((trade) -> {
            ObservedRange range = rangesByInstrument.get(trade.instrument());
            return (range != null) ? trade.asOf(range.to()) : trade;
        }).toList();
    }

    private List<ComparedTrade> replay(TradingPlan plan, ObservedRange range, EvidenceReportBuilder reportBuilder,
            Map<Instrument, Long> startTimes, ProgressListener progress) {
        Timeframe warmUpTimeframe = BacktestReplay.warmUpTimeframe(plan);
        int count = this.candleReader.count(range.instrument(), range.from(), range.to(), warmUpTimeframe);
        return this.memoryLimiter.runWithMemory(count, progress, () -> {
            CandleSeries minutes = this.candleReader.read(range.instrument(), range.from(), range.to(),
                    warmUpTimeframe);
            reportBuilder.addInstrument(range, minutes);
            long start = (minutes.bars().size() > 0) ? minutes.bars().times()[0] : range.from();
            startTimes.put(range.instrument(), start);
            reportBuilder.addRevisions(this.revisionRepository.findFirst(range.instrument(), warmUpTimeframe,
                    Instant.ofEpochMilli(start), Instant.ofEpochMilli(range.to()), reportBuilder.remainingRevisions()));
            return BacktestReplay.run(plan, minutes);
        });
    }

    private static ObjectNode toSummary(PaperBacktestComparison comparison) {
        return ExactJson.createObject()
            .put("trades", comparison.paper().trades())
            .put("same", comparison.matching().countSame())
            .put("differ", comparison.countDifferences())
            .put("profit", ExactJson.normalize(comparison.paper().profit()))
            .put("backtest_profit", ExactJson.normalize(comparison.backtest().profit()));
    }

}
