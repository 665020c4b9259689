-- Orders for brokers. A row is there before anything is sent, and stays; it knows its person by a number only, so
-- neither the account nor the person need be there any more.
create table session.execution (
    id          uuid        primary key,
    account     uuid        not null,
    person      uuid        not null,
    broker      text        not null,
    money       text        not null check (money in ('demo', 'real')),
    symbol      text        not null,
    side        text        not null check (side in ('call', 'put', 'buy', 'sell')),
    -- As it was asked for.
    body        jsonb       not null,
    -- Under which epoch of the account it was to be sent.
    epoch       bigint      not null,
    state       text        not null check (state in ('sending', 'unknown', 'placed', 'filled', 'refused', 'not_sent',
                                                      'absent', 'ambiguous', 'settled', 'taken_back')),
    outcome     jsonb       not null,
    broker_id   bigint,
    -- When the broker is to be asked about it; null where it is over.
    due_at      timestamptz,
    created_at  timestamptz not null,
    changed_at  timestamptz not null
);

-- Two orders that could be taken for each other are never under way together.
create unique index execution_unresolved on session.execution (account, symbol, side)
    where state in ('sending', 'unknown');

-- What the broker has done once belongs to one order.
create unique index execution_of_broker on session.execution (account, broker_id) where broker_id is not null;

create index execution_of_account on session.execution (account, created_at);

create index execution_due on session.execution (due_at) where due_at is not null;
