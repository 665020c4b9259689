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
import pregao.contracts.backfill.BackfillWish;
import pregao.contracts.feed.Calendar;
import pregao.market.pattern.Colours;
import pregao.strategy.catalog.backfill.Missing;
import pregao.strategy.catalog.backfill.Wishes;
import pregao.strategy.catalog.candle.Candles;
import pregao.strategy.catalog.candle.KnownSeries;
import pregao.strategy.catalog.candle.SeriesTable;
import pregao.strategy.job.Job;
import pregao.strategy.job.Progress;
import pregao.strategy.job.Work;

/**
 * Does an analysis: reads the colours, asks for what is missing, keeps what was looked
 * at.
 */
@Component
class CatalogWork implements Work {

    static final String KIND = "catalog";

    /**
     * So many candles are read at once, which is 100 blocks of 500 instruments and more.
     */
    private static final int AT_ONCE = 500_000;

    private final SeriesTable series;

    private final Candles candles;

    private final Wishes wishes;

    private final LookedTable table;

    private final JsonMapper json;

    private final Clock clock;

    CatalogWork(SeriesTable series, Candles candles, Wishes wishes, JdbcClient database, JsonMapper json, Clock clock) {
        this.series = series;
        this.candles = candles;
        this.wishes = wishes;
        this.table = new LookedTable(database);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Finished run(Job job, Progress progress) {
        Analysis analysis = this.json.readValue(job.request(), Analysis.class);
        long now = this.clock.millis();
        Map<Instrument, KnownSeries> known = this.series.of(analysis.instruments(), analysis.timeframe())
            .stream()
            .collect(Collectors.toMap(KnownSeries::instrument, Function.identity()));
        List<Looked> looked = new ArrayList<>();
        List<BackfillWish> missing = new ArrayList<>();
        int step = Math.max(1, AT_ONCE / analysis.stretch().candles());
        List<Instrument> all = analysis.instruments();
        for (int from = 0; from < all.size(); from += step) {
            progress.at("candles", from, all.size());
            List<Instrument> part = all.subList(from, Math.min(all.size(), from + step));
            Map<Instrument, Colours> colours = this.candles
                .of(part.stream().filter(known::containsKey).map(known::get).toList(), analysis.stretch());
            for (Instrument instrument : part) {
                KnownSeries series = known.get(instrument);
                looked.add(look(instrument, colours.get(instrument), series, analysis, now));
                missing.addAll(missing(instrument, colours.get(instrument), series, analysis, now));
            }
        }
        progress.at("reading", all.size(), all.size());
        return finished(job, analysis, looked, this.wishes.make(missing));
    }

    private Finished finished(Job job, Analysis analysis, List<Looked> looked, Set<Instrument> asked) {
        Findings findings = Findings.of(analysis, looked, asked);
        try {
            this.table.put(job.id(), looked);
        }
        catch (DataIntegrityViolationException ex) {
            throw new Called("the job is not there any more");
        }
        return new Finished(this.json.writeValueAsString(findings.summary()), this.json.writeValueAsString(findings));
    }

    private static Looked look(Instrument instrument, @Nullable Colours colours, @Nullable KnownSeries series,
            Analysis analysis, long now) {
        Timeframe timeframe = analysis.timeframe();
        Colours read = (colours != null) ? colours : Colours.marked(timeframe, new long[0], new byte[0]);
        return new Looked(instrument, read, (series != null) ? series.asOf(now, timeframe) : now);
    }

    private static List<BackfillWish> missing(Instrument instrument, @Nullable Colours colours,
            @Nullable KnownSeries series, Analysis analysis, long now) {
        if (series != null && series.eventTime()) {
            return List.of(); // a replay has what it has
        }
        Calendar calendar = (series != null) ? series.calendar() : Calendar.AUTO;
        return new Missing(instrument, calendar, analysis.stretch().millis(), now).wishes(colours);
    }

}
