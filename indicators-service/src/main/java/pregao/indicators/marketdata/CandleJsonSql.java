package pregao.indicators.marketdata;

/**
 * SQL fragments that make the database write candles as JSON. Decimals stay exact, and no
 * value becomes a Java object between the table and the response.
 */
final class CandleJsonSql {

    /**
     * The fields of a candle {@code c}, starting with the opening brace. The operator
     * {@code ||} takes half the time of {@code concat}, which looks up the output
     * function of each argument.
     */
    static final String CANDLE_JSON = """
            '{"ts":"' || to_char(c.ts at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
              || '","open":' || trim_scale(c.open) || ',"high":' || trim_scale(c.high)
              || ',"low":' || trim_scale(c.low) || ',"close":' || trim_scale(c.close)
              || ',"volume":' || trim_scale(c.volume) || ',"spread":' || coalesce(trim_scale(c.spread)::text, 'null')
              || case when c.spread_unit <> 'price' then ',"spread_unit":"' || c.spread_unit || '"' else '' end
              || ',"final":' || case when c.final then 'true' else 'false' end
              || ',"source":"' || c.source || '","revision":' || c.revision""";

    /** The values {@code i} of a candle, up to the closing brace. */
    static final String INDICATORS_JSON = """
            ',"rsi":' || coalesce(i.rsi::text, 'null') || ',"macd":' || coalesce(i.macd::text, 'null')
              || ',"macd_signal":' || coalesce(i.macd_signal::text, 'null')
              || ',"macd_hist":' || coalesce(i.macd_hist::text, 'null') || ',"atr":' || coalesce(i.atr::text, 'null')
              || ',"bb_upper":' || coalesce(i.bb_upper::text, 'null')
              || ',"bb_middle":' || coalesce(i.bb_middle::text, 'null')
              || ',"bb_lower":' || coalesce(i.bb_lower::text, 'null') || '}'""";

    /** Selects up to $6 candles from $4 to before $5, plus one. */
    static final String SELECT_FROM = """
            select * from market.candle
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5
            order by ts limit $6 + 1""";

    /** Selects the last $6 candles from $4 to before $5. */
    static final String SELECT_LATEST = """
            select * from market.candle
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5
            order by ts desc limit $6""";

    private CandleJsonSql() {
    }

}
