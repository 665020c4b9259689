-- What other services may know of candles that were not stored as they came: how many there are, not their values.

create view ingest.refusal as
select feed, symbol, timeframe, ts, 'conflict' as kind from ingest.conflict
union all
select feed, symbol, timeframe, ts, state from ingest.quarantine;

comment on view ingest.refusal is
    'One row for each candle with a conflict or in quarantine. kind is conflict, held or released. indicators-service counts them.';

do $$
begin
    if exists (select from pg_roles where rolname = 'pregao_indicators') then
        revoke select on ingest.quarantine, ingest.conflict from pregao_indicators;
        grant usage on schema ingest to pregao_indicators;
        grant select on ingest.refusal to pregao_indicators;
    end if;
end
$$;
