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
 * Does an analysis: reads the colours, asks for what is missing, keeps what was looked
 * at.
 */
@Component
class AnalysisJobHandler implements JobHandler {

    static final String KIND = "catalog";

    /**
     * So many candles are read at once, which is 100 blocks of 500 instruments and more.
     */
    private static final int AT_ONCE = 500_000;

    private final SeriesRepository series;

    private final CandleColorCache candles;

    private final BackfillService wishes;

    private final AnalyzedSeriesRepository table;

    private final JsonMapper json;

    private final Clock clock;

    AnalysisJobHandler(SeriesRepository series, CandleColorCache candles, BackfillService wishes, JdbcClient database,
            JsonMapper json, Clock clock) {
        this.series = series;
        this.candles = candles;
        this.wishes = wishes;
        this.table = new AnalyzedSeriesRepository(database);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Finished run(Job job, ProgressListener progress) {
        Analysis analysis = this.json.readValue(job.request(), Analysis.class);
        long now = this.clock.millis();
        Map<Instrument, SeriesInfo> known = this.series.of(analysis.instruments(), analysis.timeframe())
            .stream()
            .collect(Collectors.toMap(SeriesInfo::instrument, Function.identity()));
        List<AnalyzedSeries> looked = new ArrayList<>();
        List<BackfillRequest> missing = new ArrayList<>();
        int step = Math.max(1, AT_ONCE / analysis.stretch().candles());
        List<Instrument> all = analysis.instruments();
        for (int from = 0; from < all.size(); from += step) {
            progress.at("candles", from, all.size());
            List<Instrument> part = all.subList(from, Math.min(all.size(), from + step));
            Map<Instrument, CandleColors> colours = this.candles
                .of(part.stream().filter(known::containsKey).map(known::get).toList(), analysis.stretch());
            for (Instrument instrument : part) {
                SeriesInfo series = known.get(instrument);
                looked.add(look(instrument, colours.get(instrument), series, analysis, now));
                missing.addAll(missing(instrument, colours.get(instrument), series, analysis, now));
            }
        }
        progress.at("reading", all.size(), all.size());
        return finished(job, analysis, looked, this.wishes.make(missing));
    }

    private Finished finished(Job job, Analysis analysis, List<AnalyzedSeries> looked, Set<Instrument> asked) {
        AnalysisResult findings = AnalysisResult.of(analysis, looked, asked);
        try {
            this.table.put(job.id(), looked);
        }
        catch (DataIntegrityViolationException ex) {
            throw new JobCancelledException("the job was deleted");
        }
        return new Finished(this.json.writeValueAsString(findings.summary()), this.json.writeValueAsString(findings));
    }

    private static AnalyzedSeries look(Instrument instrument, @Nullable CandleColors colours,
            @Nullable SeriesInfo series, Analysis analysis, long now) {
        Timeframe timeframe = analysis.timeframe();
        CandleColors read = (colours != null) ? colours : CandleColors.marked(timeframe, new long[0], new byte[0]);
        return new AnalyzedSeries(instrument, read, (series != null) ? series.asOf(now, timeframe) : now);
    }

    private static List<BackfillRequest> missing(Instrument instrument, @Nullable CandleColors colours,
            @Nullable SeriesInfo series, Analysis analysis, long now) {
        if (series != null && series.eventTime()) {
            return List.of(); // a replay has what it has
        }
        TradingCalendar calendar = (series != null) ? series.calendar() : TradingCalendar.AUTO;
        return new MissingRangeFinder(instrument, calendar, analysis.stretch().millis(), now).wishes(colours);
    }

}
