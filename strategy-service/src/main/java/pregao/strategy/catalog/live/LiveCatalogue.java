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
import pregao.contracts.feed.Calendar;
import pregao.loop.fence.DatabaseFailure;
import pregao.market.catalog.Hours;
import pregao.market.pattern.Colours;
import pregao.market.pattern.Direction;
import pregao.strategy.catalog.EvidenceItem;
import pregao.strategy.catalog.Looked;
import pregao.strategy.catalog.LookedTable;
import pregao.strategy.signal.NameId;
import pregao.strategy.catalog.candle.ColourTable;
import pregao.strategy.catalog.candle.KnownSeries;
import pregao.strategy.catalog.candle.Stretch;

/**
 * Keeps analyses up to date, minute by minute. To be used by one thread: that of the loop
 * which sees the candles. Where nobody watches an instrument, a minute of it costs
 * nothing, but that once a second the database is asked whether anybody does.
 */
@Component
public class LiveCatalogue {

    private static final Logger log = LoggerFactory.getLogger(LiveCatalogue.class);

    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final JsonMapper json;

    private Map<Instrument, List<Watched>> watched = Map.of();

    private String state = "";

    private long looked = System.nanoTime() - EVERY;

    /**
     * A catalogue that nobody has watched yet.
     * @param json reads analyses
     */
    public LiveCatalogue(JsonMapper json) {
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
    public List<Announcement> minute(Connection connection, Instrument instrument, long openTime) {
        JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        refresh(database);
        List<Announcement> announced = new ArrayList<>();
        long moment = openTime + Timeframe.M1.millis();
        for (Watched each : this.watched.getOrDefault(instrument, List.of())) {
            if (each.endsBlock(moment) || each.decides(moment)) {
                isolated(connection, each, () -> look(database, each, instrument, moment)).ifPresent(announced::add);
            }
        }
        return announced;
    }

    /** One analysis that fails is left out of this minute; the others go on. */
    private static Optional<Announcement> isolated(Connection connection, Watched watched,
            Supplier<Optional<Announcement>> look) {
        try {
            Savepoint before = connection.setSavepoint();
            try {
                Optional<Announcement> announced = look.get();
                connection.releaseSavepoint(before);
                return announced;
            }
            catch (RuntimeException ex) {
                if (ex.getCause() instanceof SQLException cause
                        && DatabaseFailure.of(cause) != DatabaseFailure.REFUSED) {
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
        LiveTable table = new LiveTable(database);
        String found = table.state();
        if (!found.equals(this.state)) {
            this.watched = table.all(this.json);
            this.state = found;
        }
        this.looked = now;
    }

    private Optional<Announcement> look(JdbcClient database, Watched each, Instrument instrument, long moment) {
        Stretch stretch = each.analysis().stretch();
        KnownSeries series = new KnownSeries(instrument, moment, moment, Calendar.AUTO, false);
        Colours colours = new ColourTable(database).colours(List.of(series), stretch).get(instrument);
        if (colours == null) {
            return Optional.empty();
        }
        if (!new LookedTable(database).replace(each.id(), new Looked(instrument, colours, moment))) {
            return Optional.empty(); // it was removed meanwhile
        }
        new LiveTable(database).changed(each.id());
        return each.decides(moment) ? announcement(each, instrument, colours, moment) : Optional.empty();
    }

    private static Optional<Announcement> announcement(Watched each, Instrument instrument, Colours colours,
            long moment) {
        long block = each.decided(moment);
        Direction side = each.reading().side(colours, block);
        long candle = each.pattern().timeframe().millis();
        long entryAt = block + each.pattern().entryPlace() * candle;
        Hours hours = each.analysis().settings().hours();
        boolean counts = hours == null || hours.has(block);
        boolean over = colours.to() > entryAt;
        if (side == null || !counts || over) {
            return Optional.empty();
        }
        EvidenceItem evidence = EvidenceItem.of(each.catalog().read(instrument, colours, moment),
                each.analysis().settings().stakes(), null);
        return Optional.of(new Announcement(NameId.of(each.id(), instrument.key() + '|' + block), each.person(),
                each.id(), instrument, each.pattern().name(), side, block, entryAt, candle, each.analysis().payout(),
                each.analysis().stakes(), evidence));
    }

}
