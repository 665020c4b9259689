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
 * Updates live analyses minute by minute. It is not thread-safe: only the thread of the
 * consumer that receives the candles may use it. A minute of an instrument without live
 * analyses costs nothing except one query per second for changes of the set of live
 * analyses.
 */
@Component
public class LiveAnalysisUpdater {

    private static final Logger log = LoggerFactory.getLogger(LiveAnalysisUpdater.class);

    private static final long REFRESH_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final JsonMapper jsonMapper;

    private Map<Instrument, List<LiveAnalysis>> liveByInstrument = Map.of();

    private String stateToken = "";

    private long lastRefreshNanos = System.nanoTime() - REFRESH_INTERVAL_NANOS;

    /**
     * Creates an updater without live analyses; the first call loads them.
     * @param jsonMapper reads the stored analyses
     */
    public LiveAnalysisUpdater(JsonMapper jsonMapper) {
        this.jsonMapper = jsonMapper;
    }

    /**
     * Handles a final minute of an instrument, and with it the longer candles that end at
     * the same time. Changes are written in the transaction of the connection.
     * @param connection the connection of the caller, who commits; it must see all final
     * candles
     * @param instrument the instrument
     * @param openTime the open time of the M1 candle, in epoch milliseconds
     * @return the next entries; if the minute is repeated, the same entries with the same
     * ids
     */
    public List<UpcomingEntry> processMinute(Connection connection, Instrument instrument, long openTime) {
        JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        refresh(database);
        List<UpcomingEntry> upcomingEntries = new ArrayList<>();
        long closeTime = openTime + Timeframe.M1.millis();
        for (LiveAnalysis liveAnalysis : this.liveByInstrument.getOrDefault(instrument, List.of())) {
            if (liveAnalysis.isBlockEnd(closeTime) || liveAnalysis.isDecisionTime(closeTime)) {
                runIsolated(connection, liveAnalysis,
                        () -> updateAnalysis(database, liveAnalysis, instrument, closeTime))
                    .ifPresent(upcomingEntries::add);
            }
        }
        return upcomingEntries;
    }

    /**
     * Runs the update of one analysis. If it fails, only this analysis misses the minute.
     */
    private static Optional<UpcomingEntry> runIsolated(Connection connection, LiveAnalysis liveAnalysis,
            Supplier<Optional<UpcomingEntry>> update) {
        try {
            Savepoint savepoint = connection.setSavepoint();
            try {
                Optional<UpcomingEntry> upcomingEntry = update.get();
                connection.releaseSavepoint(savepoint);
                return upcomingEntry;
            }
            catch (RuntimeException ex) {
                if (ex.getCause() instanceof SQLException cause && SqlErrorClass.of(cause) != SqlErrorClass.REFUSED) {
                    throw ex;
                }
                connection.rollback(savepoint);
                log.error("live analysis {} is left out of a minute, others go on", liveAnalysis.id(), ex);
                return Optional.empty();
            }
        }
        catch (SQLException ex) {
            throw new DataAccessResourceFailureException("No savepoint for live analysis " + liveAnalysis.id(), ex);
        }
    }

    /**
     * Returns the instruments of all live analyses.
     * @param connection the connection of the caller
     * @return the instruments, at most one second old
     */
    public Set<Instrument> findWatchedInstruments(Connection connection) {
        refresh(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        return Set.copyOf(this.liveByInstrument.keySet());
    }

    private void refresh(JdbcClient database) {
        long nowNanos = System.nanoTime();
        if (nowNanos - this.lastRefreshNanos < REFRESH_INTERVAL_NANOS) {
            return;
        }
        LiveAnalysisRepository repository = new LiveAnalysisRepository(database);
        String currentToken = repository.findStateToken();
        if (!currentToken.equals(this.stateToken)) {
            this.liveByInstrument = repository.findAllByInstrument(this.jsonMapper);
            this.stateToken = currentToken;
        }
        this.lastRefreshNanos = nowNanos;
    }

    private Optional<UpcomingEntry> updateAnalysis(JdbcClient database, LiveAnalysis liveAnalysis,
            Instrument instrument, long closeTime) {
        LookbackRange lookback = liveAnalysis.analysis().lookback();
        SeriesInfo seriesInfo = new SeriesInfo(instrument, closeTime, closeTime, TradingCalendar.AUTO, false);
        CandleColors colors = new CandleColorRepository(database).findColors(List.of(seriesInfo), lookback)
            .get(instrument);
        if (colors == null) {
            return Optional.empty();
        }
        if (!new AnalyzedSeriesRepository(database).update(liveAnalysis.id(),
                new AnalyzedSeries(instrument, colors, closeTime))) {
            return Optional.empty(); // the analysis was deleted in the meantime
        }
        new LiveAnalysisRepository(database).incrementVersion(liveAnalysis.id());
        return liveAnalysis.isDecisionTime(closeTime) ? createUpcomingEntry(liveAnalysis, instrument, colors, closeTime)
                : Optional.empty();
    }

    private static Optional<UpcomingEntry> createUpcomingEntry(LiveAnalysis liveAnalysis, Instrument instrument,
            CandleColors colors, long closeTime) {
        long blockStart = liveAnalysis.decidedBlockStart(closeTime);
        Direction direction = liveAnalysis.reading().side(colors, blockStart);
        long candleMillis = liveAnalysis.pattern().timeframe().millis();
        long entryAt = blockStart + liveAnalysis.pattern().entryPlace() * candleMillis;
        HourFilter hourFilter = liveAnalysis.analysis().toCatalogConfig().hours();
        boolean isCounted = hourFilter == null || hourFilter.has(blockStart);
        boolean isTooLate = colors.to() > entryAt;
        if (direction == null || !isCounted || isTooLate) {
            return Optional.empty();
        }
        PatternStatisticsResponse statistics = PatternStatisticsResponse.of(
                liveAnalysis.catalog().read(instrument, colors, closeTime),
                liveAnalysis.analysis().toCatalogConfig().stakes(), null);
        return Optional.of(new UpcomingEntry(NameBasedUuid.of(liveAnalysis.id(), instrument.key() + '|' + blockStart),
                liveAnalysis.person(), liveAnalysis.id(), instrument, liveAnalysis.pattern().name(), direction,
                blockStart, entryAt, candleMillis, liveAnalysis.analysis().payout(), liveAnalysis.analysis().stakes(),
                statistics));
    }

}
