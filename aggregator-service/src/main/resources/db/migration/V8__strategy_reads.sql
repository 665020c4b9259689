-- strategy-service reads candles, their indicators, and how feeds are set.
grant usage on schema market to pregao_strategy;
grant select on all tables in schema market to pregao_strategy;
