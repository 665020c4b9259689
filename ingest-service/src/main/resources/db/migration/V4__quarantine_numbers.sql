-- Candles in quarantine have odd numbers; ticks, which aggregator-service keeps, have the even ones.
alter table ingest.quarantine alter column id set increment by 2;

do $$
declare
    v_last   bigint;
    v_called boolean;
    v_name   text := pg_get_serial_sequence('ingest.quarantine', 'id');
begin
    execute format('select last_value, is_called from %s', v_name) into v_last, v_called;
    perform setval(v_name, v_last + 1 - v_last % 2, v_called);
end
$$;

-- Who released a candle: a user, or level_change where 20 consecutive consistent candles established a new level.
alter table ingest.quarantine add column if not exists released_by text;

comment on column ingest.quarantine.released_by is 'level_change, or the user who released it';
