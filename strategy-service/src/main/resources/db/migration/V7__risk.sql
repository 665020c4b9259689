-- What running cycles of options can still lose. It counts against the daily loss and the drawdown before another cycle
-- begins.
alter table strategy.account add column reserved numeric(38, 8) not null default 0;

-- At Polarium all that is at risk is options.
update strategy.account set reserved = exposure where broker = 'polarium';

-- Who let the drawdown of an account begin anew, and what it was. No reference to the account: this stays known when it
-- is forgotten.
create table strategy.drawdown_reset (
    id      bigint         generated always as identity primary key,
    account uuid           not null,
    money   text           not null,
    person  uuid           not null,
    reason  text           not null,
    peak    numeric(38, 8) not null,
    profit  numeric(38, 8) not null,
    at      timestamptz    not null
);

create index drawdown_reset_of_person on strategy.drawdown_reset (person, at desc);
