-- An event is published as it was written; a record (key, feed) as it is when it is published.
alter table session.outbox add column value bytea;
alter table session.outbox drop constraint outbox_topic_check;
alter table session.outbox add check (topic in ('key', 'feed', 'session'));
alter table session.outbox add check ((topic = 'session') = (value is not null));

-- The replicas of this service. One that has not beaten for a while speaks for nobody.
create table session.instance (
    id      uuid        primary key,
    -- Where the others reach it.
    address text        not null,
    beat_at timestamptz not null
);

-- Accounts of people at brokers. Whoever owns one speaks for it; each change of owner is another epoch.
create table session.broker_account (
    id          uuid        primary key,
    person      uuid        not null references session.person,
    broker      text        not null,
    label       text        not null,
    -- What lets the person in again, encrypted; null where nothing does.
    credentials bytea,
    state       text        not null check (state in ('opened', 'lost', 'closed', 'signed_out', 'code_wanted')),
    state_since timestamptz not null,
    reason      text        not null default '',
    -- Whether its session is to be kept open.
    wanted      boolean     not null,
    -- A row of session.instance, or one that is gone.
    owner       uuid,
    epoch       bigint      not null,
    -- Whether its person allows orders with real money.
    real_money  boolean     not null default false,
    created_at  timestamptz not null
);

create index broker_account_of_person on session.broker_account (person, created_at);

create index broker_account_of_owner on session.broker_account (owner);

create index broker_account_wanted on session.broker_account (id) where wanted;
