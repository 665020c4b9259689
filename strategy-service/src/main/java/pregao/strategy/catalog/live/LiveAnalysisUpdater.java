package pregao.strategy.catalog.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.catalog.HourFilter;
import pregao.market.pattern.CandleColors;
import pregao.market.pattern.Direction;
import pregao.pipeline.offset.SqlErrorClass;
import pregao.strategy.catalog.AnalyzedSeries;
import pregao.strategy.catalog.AnalyzedSeriesRepository;
import pregao.strategy.catalog.PatternStatisticsResponse;
import pregao.strategy.catalog.candle.CandleColorRepository;
import pregao.strategy.catalog.candle.LookbackRange;
import pregao.strategy.catalog.candle.SeriesInfo;
import pregao.strategy.signal.NameBasedUuid;

/**
 * Keeps analyses up to date, minute by minute. To be used by one thread: that of the loop
 * which sees the candles. Where nobody watches an instrument, a minute of it costs
 * nothing, but that once a second the database is asked whether anybody does.
 */
@Component
public class LiveAnalysisUpdater {

    private static final Logger log = LoggerFactory.getLogger(LiveAnalysisUpdater.class);

    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final JsonMapper json;

    private Map<Instrument, List<LiveAnalysis>> watched = Map.of();

    private String state = "";

    private long looked = System.nanoTime() - EVERY;

    /**
     * A catalogue that nobody has watched yet.
     * @param json reads analyses
     */
    public LiveAnalysisUpdater(JsonMapper json) {
        this.json = json;
    }

    /**
     * A minute of an instrument is final, and so are the longer candles that end with it.
     * What changes is written in the transaction of the connection.
     * @param connection of the caller, who commits; all candles that are final must be
     * seen by it
     * @param instrument of what
     * @param openTime of the M1 candle, epoch milliseconds
     * @return the entries that are next; the same ones with the same ids where the minute
     * is told again
     */
    public List<UpcomingEntry> minute(Connection connection, Instrument instrument, long openTime) {
        JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        refresh(database);
        List<UpcomingEntry> announced = new ArrayList<>();
        long moment = openTime + Timeframe.M1.millis();
        for (LiveAnalysis liveAnalysis : this.watched.getOrDefault(instrument, List.of())) {
            if (liveAnalysis.endsBlock(moment) || liveAnalysis.decides(moment)) {
                isolated(connection, liveAnalysis, () -> look(database, liveAnalysis, instrument, moment))
                    .ifPresent(announced::add);
            }
        }
        return announced;
    }

    /** One analysis that fails is left out of this minute; the others go on. */
    private static Optional<UpcomingEntry> isolated(Connection connection, LiveAnalysis watched,
            Supplier<Optional<UpcomingEntry>> look) {
        try {
            Savepoint before = connection.setSavepoint();
            try {
                Optional<UpcomingEntry> announced = look.get();
                connection.releaseSavepoint(before);
                return announced;
            }
            catch (RuntimeException ex) {
                if (ex.getCause() instanceof SQLException cause && SqlErrorClass.of(cause) != SqlErrorClass.REFUSED) {
                    throw ex;
                }
                connection.rollback(before);
                log.error("live analysis {} is left out of a minute, others go on", watched.id(), ex);
                return Optional.empty();
            }
        }
        catch (SQLException ex) {
            throw new DataAccessResourceFailureException("No savepoint for live analysis " + watched.id(), ex);
        }
    }

    /**
     * Which instruments somebody watches.
     * @param connection of the caller
     * @return as of now
     */
    public Set<Instrument> watched(Connection connection) {
        refresh(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        return Set.copyOf(this.watched.keySet());
    }

    private void refresh(JdbcClient database) {
        long now = System.nanoTime();
        if (now - this.looked < EVERY) {
            return;
        }
        LiveAnalysisRepository table = new LiveAnalysisRepository(database);
        String found = table.state();
        if (!found.equals(this.state)) {
            this.watched = table.all(this.json);
            this.state = found;
        }
        this.looked = now;
    }

    private Optional<UpcomingEntry> look(JdbcClient database, LiveAnalysis liveAnalysis, Instrument instrument,
            long moment) {
        LookbackRange stretch = liveAnalysis.analysis().stretch();
        SeriesInfo series = new SeriesInfo(instrument, moment, moment, TradingCalendar.AUTO, false);
        CandleColors colours = new CandleColorRepository(database).colours(List.of(series), stretch).get(instrument);
        if (colours == null) {
            return Optional.empty();
        }
        if (!new AnalyzedSeriesRepository(database).replace(liveAnalysis.id(),
                new AnalyzedSeries(instrument, colours, moment))) {
            return Optional.empty(); // it was removed meanwhile
        }
        new LiveAnalysisRepository(database).changed(liveAnalysis.id());
        return liveAnalysis.decides(moment) ? announcement(liveAnalysis, instrument, colours, moment)
                : Optional.empty();
    }

    private static Optional<UpcomingEntry> announcement(LiveAnalysis liveAnalysis, Instrument instrument,
            CandleColors colours, long moment) {
        long block = liveAnalysis.decided(moment);
        Direction side = liveAnalysis.reading().side(colours, block);
        long candle = liveAnalysis.pattern().timeframe().millis();
        long entryAt = block + liveAnalysis.pattern().entryPlace() * candle;
        HourFilter hours = liveAnalysis.analysis().settings().hours();
        boolean counts = hours == null || hours.has(block);
        boolean over = colours.to() > entryAt;
        if (side == null || !counts || over) {
            return Optional.empty();
        }
        PatternStatisticsResponse evidence = PatternStatisticsResponse.of(
                liveAnalysis.catalog().read(instrument, colours, moment), liveAnalysis.analysis().settings().stakes(),
                null);
        return Optional.of(new UpcomingEntry(NameBasedUuid.of(liveAnalysis.id(), instrument.key() + '|' + block),
                liveAnalysis.person(), liveAnalysis.id(), instrument, liveAnalysis.pattern().name(), side, block,
                entryAt, candle, liveAnalysis.analysis().payout(), liveAnalysis.analysis().stakes(), evidence));
    }

}
