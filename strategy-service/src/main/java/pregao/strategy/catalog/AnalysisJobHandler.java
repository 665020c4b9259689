package pregao.strategy.catalog;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.backfill.BackfillRequest;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.pattern.CandleColors;
import pregao.strategy.catalog.backfill.BackfillService;
import pregao.strategy.catalog.backfill.MissingRangeFinder;
import pregao.strategy.catalog.candle.CandleColorCache;
import pregao.strategy.catalog.candle.SeriesInfo;
import pregao.strategy.catalog.candle.SeriesRepository;
import pregao.strategy.job.Job;
import pregao.strategy.job.JobHandler;
import pregao.strategy.job.ProgressListener;

/**
 * Runs an analysis: reads the candle colors, requests missing candles, and stores the
 * analyzed series with the result.
 */
@Component
class AnalysisJobHandler implements JobHandler {

    static final String KIND = "catalog";

    /**
     * The maximum number of candles to read at once, enough for 100 blocks of 500
     * instruments.
     */
    private static final int MAX_CANDLES_PER_READ = 500_000;

    private final SeriesRepository seriesRepository;

    private final CandleColorCache colorCache;

    private final BackfillService backfillService;

    private final AnalyzedSeriesRepository analyzedSeriesRepository;

    private final JsonMapper jsonMapper;

    private final Clock clock;

    AnalysisJobHandler(SeriesRepository seriesRepository, CandleColorCache colorCache, BackfillService backfillService,
            JdbcClient database, JsonMapper jsonMapper, Clock clock) {
        this.seriesRepository = seriesRepository;
        this.colorCache = colorCache;
        this.backfillService = backfillService;
        this.analyzedSeriesRepository = new AnalyzedSeriesRepository(database);
        this.jsonMapper = jsonMapper;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Finished run(Job job, ProgressListener progress) {
        Analysis analysis = this.jsonMapper.readValue(job.request(), Analysis.class);
        long now = this.clock.millis();
        Map<Instrument, SeriesInfo> seriesByInstrument = this.seriesRepository
            .findAll(analysis.instruments(), analysis.timeframe())
            .stream()
            .collect(Collectors.toMap(SeriesInfo::instrument, Function.identity()));
        List<AnalyzedSeries> analyzedSeries = new ArrayList<>();
        List<BackfillRequest> backfillRequests = new ArrayList<>();
        int batchSize = Math.max(1, MAX_CANDLES_PER_READ / analysis.lookback().candles());
        List<Instrument> instruments = analysis.instruments();
        for (int start = 0; start < instruments.size(); start += batchSize) {
            progress.report("candles", start, instruments.size());
            List<Instrument> batch = instruments.subList(start, Math.min(instruments.size(), start + batchSize));
            Map<Instrument, CandleColors> colors = this.colorCache.getColors(
                    batch.stream().filter(seriesByInstrument::containsKey).map(seriesByInstrument::get).toList(),
                    analysis.lookback());
            for (Instrument instrument : batch) {
                SeriesInfo seriesInfo = seriesByInstrument.get(instrument);
                analyzedSeries.add(toAnalyzedSeries(instrument, colors.get(instrument), seriesInfo, analysis, now));
                backfillRequests
                    .addAll(findMissingRanges(instrument, colors.get(instrument), seriesInfo, analysis, now));
            }
        }
        progress.report("reading", instruments.size(), instruments.size());
        return finish(job, analysis, analyzedSeries, this.backfillService.requestMissing(backfillRequests));
    }

    private Finished finish(Job job, Analysis analysis, List<AnalyzedSeries> analyzedSeries,
            Set<Instrument> requestedInstruments) {
        AnalysisResult result = AnalysisResult.of(analysis, analyzedSeries, requestedInstruments);
        try {
            this.analyzedSeriesRepository.saveAll(job.id(), analyzedSeries);
        }
        catch (DataIntegrityViolationException ex) {
            throw new JobCancelledException("the job was deleted");
        }
        return new Finished(this.jsonMapper.writeValueAsString(result.summary()),
                this.jsonMapper.writeValueAsString(result));
    }

    private static AnalyzedSeries toAnalyzedSeries(Instrument instrument, @Nullable CandleColors colors,
            @Nullable SeriesInfo seriesInfo, Analysis analysis, long now) {
        Timeframe timeframe = analysis.timeframe();
        CandleColors storedColors = (colors != null) ? colors
                : CandleColors.marked(timeframe, new long[0], new byte[0]);
        return new AnalyzedSeries(instrument, storedColors,
                (seriesInfo != null) ? seriesInfo.asOf(now, timeframe) : now);
    }

    private static List<BackfillRequest> findMissingRanges(Instrument instrument, @Nullable CandleColors colors,
            @Nullable SeriesInfo seriesInfo, Analysis analysis, long now) {
        if (seriesInfo != null && seriesInfo.eventTime()) {
            return List.of(); // a replay has no further candles
        }
        TradingCalendar calendar = (seriesInfo != null) ? seriesInfo.calendar() : TradingCalendar.AUTO;
        return new MissingRangeFinder(instrument, calendar, analysis.lookback().millis(), now).findRequests(colors);
    }

}
