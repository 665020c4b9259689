-- Stores indicator values, each candle once a call. New values are inserted without ON CONFLICT, which inserts each row
-- speculatively, with a second lookup and a second WAL record; only where some are known already is the batch merged.
create function market.put_indicators(
    p_feed text[], p_symbol text[], p_timeframe text[], p_ts float8[], p_rsi float8[], p_macd float8[],
    p_macd_signal float8[], p_macd_hist float8[], p_atr float8[], p_bb_upper float8[], p_bb_middle float8[],
    p_bb_lower float8[])
    returns void
    language plpgsql
    volatile
    set search_path = pg_catalog, pg_temp
as
$$
begin
    insert into market.indicator (feed, symbol, timeframe, ts, rsi, macd, macd_signal, macd_hist, atr, bb_upper,
                                  bb_middle, bb_lower)
    select k.feed, k.symbol, k.timeframe, to_timestamp(k.ts), nullif(k.rsi, 'NaN'), nullif(k.macd, 'NaN'),
           nullif(k.macd_signal, 'NaN'), nullif(k.macd_hist, 'NaN'), nullif(k.atr, 'NaN'), nullif(k.bb_upper, 'NaN'),
           nullif(k.bb_middle, 'NaN'), nullif(k.bb_lower, 'NaN')
    from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_rsi, p_macd, p_macd_signal, p_macd_hist, p_atr, p_bb_upper,
                p_bb_middle, p_bb_lower)
             as k (feed, symbol, timeframe, ts, rsi, macd, macd_signal, macd_hist, atr, bb_upper, bb_middle, bb_lower)
    order by k.feed collate "C", k.symbol collate "C", k.timeframe collate "C", k.ts;
exception when unique_violation then
    insert into market.indicator as i (feed, symbol, timeframe, ts, rsi, macd, macd_signal, macd_hist, atr, bb_upper,
                                       bb_middle, bb_lower)
    select k.feed, k.symbol, k.timeframe, to_timestamp(k.ts), nullif(k.rsi, 'NaN'), nullif(k.macd, 'NaN'),
           nullif(k.macd_signal, 'NaN'), nullif(k.macd_hist, 'NaN'), nullif(k.atr, 'NaN'), nullif(k.bb_upper, 'NaN'),
           nullif(k.bb_middle, 'NaN'), nullif(k.bb_lower, 'NaN')
    from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_rsi, p_macd, p_macd_signal, p_macd_hist, p_atr, p_bb_upper,
                p_bb_middle, p_bb_lower)
             as k (feed, symbol, timeframe, ts, rsi, macd, macd_signal, macd_hist, atr, bb_upper, bb_middle, bb_lower)
    order by k.feed collate "C", k.symbol collate "C", k.timeframe collate "C", k.ts
    on conflict (feed, symbol, timeframe, ts) do update
    set rsi = excluded.rsi, macd = excluded.macd, macd_signal = excluded.macd_signal,
        macd_hist = excluded.macd_hist, atr = excluded.atr, bb_upper = excluded.bb_upper,
        bb_middle = excluded.bb_middle, bb_lower = excluded.bb_lower
    where (i.rsi, i.macd, i.macd_signal, i.macd_hist, i.atr, i.bb_upper, i.bb_middle, i.bb_lower)
        is distinct from (excluded.rsi, excluded.macd, excluded.macd_signal, excluded.macd_hist, excluded.atr,
                          excluded.bb_upper, excluded.bb_middle, excluded.bb_lower);
end
$$;

comment on function market.put_indicators is 'Inserts or replaces indicator values; ts is epoch seconds, NaN means none.';

revoke all on function market.put_indicators from public;
grant execute on function market.put_indicators to pregao_indicators;
