-- Strategies that people keep, and what came of trying them.

create table strategy.strategy (
    person     uuid        not null,
    id         uuid        not null,
    -- json, not jsonb: the text is ours and stays as it was written.
    body       json        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (person, id)
);

-- Reports by the byte: their SHA-256 is over this text, so nothing may write it anew.
create table strategy.backtest_report (
    job    uuid primary key references strategy.job (id) on delete cascade,
    report json not null,
    sha256 text not null
);

create table strategy.backtest_trade (
    job    uuid    not null references strategy.job (id) on delete cascade,
    number integer not null,
    trade  json    not null,
    primary key (job, number)
);
