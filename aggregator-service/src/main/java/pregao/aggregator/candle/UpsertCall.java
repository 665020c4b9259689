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
 * Calls {@code market.put_candles} and collects the results.
 */
final class UpsertCall {

    /** The call casts all parameters, because the driver sends text fastest. */
    static final String CALL = """
            select p.item, p.status, p.revision, p.final, c.feed, c.symbol, %s
            from market.put_candles(?::text[], ?::text[], ?::text[], ?::timestamptz[],
                ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::text[],
                ?::text[], ?::boolean[], p_action => ?, p_closed_feed => ?::text[], p_closed_symbol => ?::text[],
                p_closed_until => ?::timestamptz[], p_closed_ticks => ?::boolean[], p_promote => ?) p
            cross join lateral (select (p.candle).*) c""".formatted(CandleRowMapper.COLUMNS);

    private static final int ACTION_PARAMETER = 14;

    private static final int CANDLE_COLUMN = 5;

    private final List<Candle> stored = new ArrayList<>();

    private final List<Candle> refused = new ArrayList<>();

    private final List<Candle> closedBefore = new ArrayList<>();

    private final List<Candle> withdrawn = new ArrayList<>();

    /**
     * Executes a call.
     * @param connection the connection, in the transaction
     * @param action what to do with the candles: {@code put}, {@code withdraw}, or
     * {@code remove}
     * @param candles the candles, each once
     * @param closeBoundaries until when the buckets of instruments are closed
     * @param promotion which provided candles may become final now, or null for none
     */
    void execute(Connection connection, String action, List<Candle> candles, List<CloseBoundary> closeBoundaries,
            @Nullable FinalityPromotion promotion) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CALL)) {
            new CandleSqlArrays(candles).bind(statement);
            statement.setString(ACTION_PARAMETER, action);
            bind(statement, closeBoundaries, promotion);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int item = row.getInt(1);
                    if (item == 0) {
                        addOtherCandle(row);
                    }
                    else if ("put".equals(action)) {
                        addCandle(row, candles.get(item - 1));
                    }
                }
            }
        }
    }

    private static void bind(PreparedStatement statement, List<CloseBoundary> closeBoundaries,
            @Nullable FinalityPromotion promotion) throws SQLException {
        boolean isEmpty = closeBoundaries.isEmpty();
        statement.setObject(ACTION_PARAMETER + 1, isEmpty ? null
                : closeBoundaries.stream().map((boundary) -> boundary.instrument().feed()).toArray(String[]::new));
        statement.setObject(ACTION_PARAMETER + 2, isEmpty ? null
                : closeBoundaries.stream().map((boundary) -> boundary.instrument().symbol()).toArray(String[]::new));
        statement.setObject(ACTION_PARAMETER + 3,
                isEmpty ? null
                        : closeBoundaries.stream()
                            .map((boundary) -> Instant.ofEpochMilli(boundary.until()).toString())
                            .toArray(String[]::new));
        statement.setObject(ACTION_PARAMETER + 4, isEmpty ? null
                : closeBoundaries.stream().map((boundary) -> boundary.ticks() ? "t" : "f").toArray(String[]::new));
        statement.setString(ACTION_PARAMETER + 5, (promotion != null) ? promotion.toSql() : null);
    }

    /** Adds a candle of the result that is not a candle of the call. */
    private void addOtherCandle(ResultSet row) throws SQLException {
        Instrument instrument = new Instrument(row.getString(CANDLE_COLUMN), row.getString(CANDLE_COLUMN + 1));
        Candle candle = CandleRowMapper.read(instrument, row, CANDLE_COLUMN + 2);
        ("withdrawn".equals(row.getString(2)) ? this.withdrawn : this.stored).add(candle);
    }

    private void addCandle(ResultSet row, Candle candle) throws SQLException {
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

    UpsertResult toResult() {
        return new UpsertResult(this.stored, this.refused, this.closedBefore, this.withdrawn);
    }

}
