-- Accounts, as far as limits go: one of paper for each person, and those at brokers, whose secrets session-service
-- has. Whoever makes an order locks the row first, so limits hold however many replicas there are.
create table strategy.account (
    id           uuid           not null,
    money        text           not null check (money in ('paper', 'demo', 'real')),
    person       uuid           not null,
    broker       text           not null,
    currency     text           not null,
    balance      numeric(38, 8),
    max_stake    numeric(38, 8) not null,
    max_exposure numeric(38, 8) not null,
    daily_loss   numeric(38, 8) not null,
    max_drawdown numeric(38, 8) not null,
    max_gales    integer        not null,
    exposure     numeric(38, 8) not null default 0,
    day          integer        not null default 0,
    day_profit   numeric(38, 8) not null default 0,
    profit       numeric(38, 8) not null default 0,
    peak         numeric(38, 8) not null default 0,
    created_at   timestamptz    not null,
    primary key (id, money)
);

create index account_of_person on strategy.account (person);

-- Who wants nothing opened any more: a person, or all (the id of zeros).
create table strategy.kill_switch (
    person uuid        primary key,
    by     uuid        not null,
    reason text        not null,
    at     timestamptz not null
);

create table strategy.bot (
    id         uuid        primary key,
    person     uuid        not null,
    name       text        not null,
    kind       text        not null check (kind in ('spot', 'option')),
    account    uuid        not null,
    money      text        not null,
    settings   jsonb       not null,
    state      text        not null check (state in ('stopped', 'running', 'stopping', 'halted')),
    reason     text        not null default '',
    -- Whether what is held is closed as the bot stops.
    closing    boolean     not null default false,
    version    bigint      not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    started_at timestamptz,
    foreign key (account, money) references strategy.account (id, money)
);

create sequence strategy.bot_version;
create index bot_of_person on strategy.bot (person, created_at desc);
create index bot_at_work on strategy.bot (id) where state <> 'stopped';

-- What bots have done so far, moved on with each trade.
create table strategy.bot_total (
    bot       uuid           primary key references strategy.bot (id) on delete cascade,
    trades    integer        not null,
    wins      integer        not null,
    won       numeric(38, 8) not null,
    lost      numeric(38, 8) not null,
    fees      numeric(38, 8) not null,
    peak      numeric(38, 8) not null,
    drawdown  numeric(38, 8) not null,
    ambiguous integer        not null
);

-- Where a bot stands on one instrument: all that another replica needs to go on.
create table strategy.desk (
    bot         uuid   not null references strategy.bot (id) on delete cascade,
    feed        text   not null,
    symbol      text   not null,
    last_minute bigint not null,
    state       jsonb  not null,
    primary key (bot, feed, symbol)
);

-- Every decision, also to hold, with what was looked at.
create table strategy.decision (
    bot    uuid        not null,
    at     timestamptz not null,
    feed   text        not null,
    symbol text        not null,
    id     uuid        not null,
    side   text        not null,
    reason text        not null,
    inputs jsonb       not null,
    primary key (bot, at, feed, symbol)
);

create table strategy.order_ (
    id          uuid           primary key,
    person      uuid           not null,
    account     uuid           not null,
    money       text           not null,
    bot         uuid,
    feed        text           not null,
    symbol      text           not null,
    kind        text           not null,
    side        text           not null,
    purpose     text           not null,
    amount      numeric(38, 8) not null,
    risk        numeric(38, 8) not null,
    level       integer        not null,
    state       text           not null,
    reason      text           not null,
    message     text           not null,
    decided_at  timestamptz    not null,
    valid_until timestamptz,
    price       numeric(38, 8),
    -- Of an option: how long it runs, and what it must pay.
    terms       jsonb,
    fill        jsonb,
    -- Whether the bot that wanted it knows how it ended.
    told        boolean        not null,
    due_at      timestamptz,
    created_at  timestamptz    not null,
    changed_at  timestamptz    not null
);

create index order_of_person on strategy.order_ (person, created_at desc, id);
create index order_of_bot on strategy.order_ (bot, created_at desc) where bot is not null;
create index order_to_tell on strategy.order_ (bot) where not told;
create index order_due on strategy.order_ (due_at) where due_at is not null;

create table strategy.trade (
    id        uuid           primary key,
    person    uuid           not null,
    account   uuid           not null,
    money     text           not null,
    bot       uuid,
    feed      text           not null,
    symbol    text           not null,
    kind      text           not null,
    side      text           not null,
    opened_at timestamptz    not null,
    closed_at timestamptz    not null,
    entry     numeric(38, 8),
    exit      numeric(38, 8),
    amount    numeric(38, 8) not null,
    level     integer        not null,
    fees      numeric(38, 8) not null,
    profit    numeric(38, 8) not null,
    worth     numeric(38, 8) not null,
    reason    text           not null,
    ambiguous boolean        not null
);

create index trade_of_person on strategy.trade (person, closed_at desc, id);
create index trade_of_bot on strategy.trade (bot, closed_at desc) where bot is not null;

create table strategy.position (
    account   uuid           not null,
    money     text           not null,
    -- The bot; where a person traded by hand, the zeros.
    bot       uuid           not null,
    feed      text           not null,
    symbol    text           not null,
    person    uuid           not null,
    kind      text           not null,
    side      text           not null,
    opened_at timestamptz    not null,
    amount    numeric(38, 8) not null,
    entry     numeric(38, 8),
    stop      numeric(38, 8),
    take      numeric(38, 8),
    fee       numeric(38, 8) not null,
    primary key (account, money, bot, feed, symbol)
);

create index position_of_person on strategy.position (person);

-- The ledger's events in the order in which they became so; what is not published yet is published by whoever comes
-- first.
create table strategy.event (
    id        bigint      primary key,
    person    uuid        not null,
    topic     text        not null,
    body      bytea       not null,
    at        timestamptz not null,
    published boolean     not null default false
);

create sequence strategy.event_id;
create index event_of_person on strategy.event (person, topic, id);
create index event_to_publish on strategy.event (id) where not published;
create index event_at on strategy.event (at);

-- How far each partition is: the fence that keeps a replaced replica from writing.
create table strategy.loop_state (
    key     text  primary key,
    value   text  not null,
    candles jsonb
);
