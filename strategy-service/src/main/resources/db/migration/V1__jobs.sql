-- Long work that somebody asked for: analyses and backtests, with how far they are and what came of them.
create table strategy.job (
    id         uuid        primary key,
    person     uuid        not null,
    kind       text        not null,
    request    jsonb       not null,
    state      text        not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    stage      text        not null default '',
    done       bigint      not null default 0,
    total      bigint      not null default 0,
    summary    jsonb,
    result     jsonb,
    failure    text,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at   timestamptz,
    -- Which replica works on it, and when it last said so: what a dead one began is begun anew.
    worker     uuid,
    beat_at    timestamptz,
    tries      integer     not null default 0
);

create index job_of_person on strategy.job (person, kind, created_at desc);
create index job_to_do on strategy.job (created_at) where state in ('waiting', 'running');
