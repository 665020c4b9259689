-- The keys that sign access tokens, encrypted.
create table session.signing_key (
    kid        text        primary key,
    pair       bytea       not null,
    signs_from timestamptz not null
);

-- Whoever may log in. An erased person keeps the id, under which the ledger knows them, and nothing else.
create table session.person (
    id          uuid        primary key,
    email       text        unique,
    password    text,
    roles       text[]      not null,
    created_at  timestamptz not null,
    erased_at   timestamptz,
    totp_secret bytea,
    -- Null until the first code was right.
    totp_since  timestamptz,
    -- The step of the last code that was taken; an earlier or the same one is not taken again.
    totp_step   bigint      not null default 0,
    check ((erased_at is null) = (email is not null)),
    check ((erased_at is null) = (password is not null))
);

create table session.recovery_code (
    person  uuid  not null references session.person,
    hash    bytea not null,
    used_at timestamptz,
    primary key (person, hash)
);

create table session.invitation (
    hash       bytea       primary key,
    role       text        not null,
    made_by    uuid        not null references session.person,
    expires_at timestamptz not null,
    taken_by   uuid references session.person
);

create table session.login (
    id        uuid        primary key,
    person    uuid        not null references session.person,
    begun_at  timestamptz not null,
    seen_at   timestamptz not null,
    address   text        not null,
    agent     text        not null,
    ended_at  timestamptz,
    ended_why text
);

create index login_of_person on session.login (person, begun_at);

create table session.refresh_token (
    hash       bytea       primary key,
    login      uuid        not null references session.login on delete cascade,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index refresh_token_of_login on session.refresh_token (login);

create index refresh_token_expires on session.refresh_token (expires_at);

-- What happened that matters to security. Rows outlive the person: no reference, and no address once erased.
create table session.event (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    kind    text        not null,
    person  uuid,
    actor   uuid,
    address text,
    detail  text
);

create index event_of_person on session.event (person, id);

create index event_at on session.event (at);

create table session.feed (
    name               text        primary key,
    owner              uuid        not null references session.person,
    price_basis        text        not null,
    clock              text        not null,
    close_after_millis bigint      not null,
    calendar           text        not null,
    event_time         boolean     not null,
    created_at         timestamptz not null
);

create table session.api_key (
    id         uuid        primary key,
    hash       text        not null unique,
    owner      uuid        not null references session.person,
    label      text        not null,
    hint       text        not null,
    feed       text        not null references session.feed,
    scopes     text[]      not null,
    created_at timestamptz not null,
    revoked_at timestamptz
);

create index api_key_of_owner on session.api_key (owner, created_at);
