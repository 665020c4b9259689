package pregao.aggregator.candle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.pipeline.candle.CandleRowMapper;

/**
 * Calls of {@code market.put_candles} and what they answer.
 */
final class UpsertCall {

    /** The call with its casts: text is what the driver sends fastest. */
    static final String CALL = """
            select p.item, p.status, p.revision, p.final, c.feed, c.symbol, %s
            from market.put_candles(?::text[], ?::text[], ?::text[], ?::timestamptz[],
                ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::text[],
                ?::text[], ?::boolean[], p_action => ?, p_closed_feed => ?::text[], p_closed_symbol => ?::text[],
                p_closed_until => ?::timestamptz[], p_closed_ticks => ?::boolean[], p_promote => ?) p
            cross join lateral (select (p.candle).*) c""".formatted(CandleRowMapper.COLUMNS);

    private static final int ACTION = 14;

    private static final int CANDLE = 5;

    private final List<Candle> stored = new ArrayList<>();

    private final List<Candle> refused = new ArrayList<>();

    private final List<Candle> closedBefore = new ArrayList<>();

    private final List<Candle> withdrawn = new ArrayList<>();

    /**
     * Makes a call.
     * @param connection in the transaction
     * @param action what to do with the candles
     * @param candles each once
     * @param closings what is closed
     * @param promotion which provided candles may be final now, or null
     */
    void call(Connection connection, String action, List<Candle> candles, List<CloseBoundary> closings,
            @Nullable FinalityPromotion promotion) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CALL)) {
            new CandleSqlArrays(candles).bind(statement);
            statement.setString(ACTION, action);
            bind(statement, closings, promotion);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int item = row.getInt(1);
                    if (item == 0) {
                        takeOther(row);
                    }
                    else if ("put".equals(action)) {
                        take(row, candles.get(item - 1));
                    }
                }
            }
        }
    }

    private static void bind(PreparedStatement statement, List<CloseBoundary> closings,
            @Nullable FinalityPromotion promotion) throws SQLException {
        boolean none = closings.isEmpty();
        statement.setObject(ACTION + 1, none ? null
                : closings.stream().map((closeBoundary) -> closeBoundary.instrument().feed()).toArray(String[]::new));
        statement.setObject(ACTION + 2,
                none ? null : closings.stream().map((each) -> each.instrument().symbol()).toArray(String[]::new));
        statement.setObject(ACTION + 3,
                none ? null
                        : closings.stream()
                            .map((each) -> Instant.ofEpochMilli(each.until()).toString())
                            .toArray(String[]::new));
        statement.setObject(ACTION + 4,
                none ? null : closings.stream().map((each) -> each.ticks() ? "t" : "f").toArray(String[]::new));
        statement.setString(ACTION + 5, (promotion != null) ? promotion.text() : null);
    }

    /** A candle that is no item of the call. */
    private void takeOther(ResultSet row) throws SQLException {
        Instrument instrument = new Instrument(row.getString(CANDLE), row.getString(CANDLE + 1));
        Candle candle = CandleRowMapper.read(instrument, row, CANDLE + 2);
        ("withdrawn".equals(row.getString(2)) ? this.withdrawn : this.stored).add(candle);
    }

    private void take(ResultSet row, Candle candle) throws SQLException {
        boolean isFinal = row.getBoolean(4);
        if (!"duplicate".equals(row.getString(2))) {
            this.stored.add(candle.withFinality(isFinal).withRevision(row.getInt(3)));
        }
        else if (!candle.isFinal() && isFinal) {
            this.closedBefore.add(candle);
        }
        else {
            this.refused.add(candle);
        }
    }

    UpsertResult put() {
        return new UpsertResult(this.stored, this.refused, this.closedBefore, this.withdrawn);
    }

}
