-- From paper to money by evidence: since when a bot follows what it follows now, and who confirmed which report.
alter table strategy.bot add column settled_at timestamptz;

-- A bot is only changed while it is stopped, so one at work has not been changed since its start.
update strategy.bot set settled_at = case when state = 'stopped' then changed_at else coalesce(started_at, changed_at) end;

alter table strategy.bot alter column settled_at set default now(), alter column settled_at set not null;

comment on column strategy.bot.settled_at is 'When its plan was last changed: what it did before says nothing of it.';

-- When it was written down: a replay's decisions are about times long past, and still belong to the last start.
alter table strategy.decision add column created_at timestamptz not null default now();
alter table strategy.trade add column created_at timestamptz not null default now();

create index decision_created_at on strategy.decision (created_at);

-- No reference to bot or job: who confirmed what stays known when both are forgotten.
create table strategy.promotion (
    bot      uuid        primary key,
    person   uuid        not null,
    paper    uuid        not null,
    evidence uuid        not null,
    account  uuid        not null,
    money    text        not null check (money in ('demo', 'real')),
    -- What was typed, and what was seen.
    confirm  text        not null,
    report   jsonb       not null,
    at       timestamptz not null,
    constraint promotion_once unique (evidence, account, money)
);

create index promotion_of_person on strategy.promotion (person, at desc);

comment on table strategy.promotion is 'Which bot was made of which one on paper, and on the strength of which report.';
