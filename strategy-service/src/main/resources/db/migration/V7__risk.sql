-- What running cycles of options can still lose. It counts against the daily loss and the drawdown before another cycle
-- begins.
alter table strategy.account add column reserved numeric(38, 8) not null default 0;

-- At Polarium all that is at risk is options.
update strategy.account set reserved = exposure where broker = 'polarium';
