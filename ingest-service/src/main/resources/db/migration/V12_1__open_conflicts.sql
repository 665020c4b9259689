-- A conflict that somebody accepted is none any more.
create or replace view ingest.refusal as
select feed, symbol, timeframe, ts, 'conflict' as kind from ingest.conflict where accepted_at is null
union all
select feed, symbol, timeframe, ts, state from ingest.quarantine;
