-- Which instruments of a broker people want to see; each is streamed once, however many want it.
create table session.stream_wish (
    feed    text        not null,
    symbol  text        not null,
    person  uuid        not null references session.person,
    made_at timestamptz not null,
    primary key (feed, symbol, person)
);

create index stream_wish_of_person on session.stream_wish (person);

-- How each stream is, as told by the replica that has it.
create table session.stream (
    feed   text        not null,
    symbol text        not null,
    state  text        not null,
    since  timestamptz not null,
    primary key (feed, symbol)
);

-- Which replica streams a broker's prices. Who is silent for 5 seconds, by this server's clock, has lost them.
create table session.feed_lease (
    feed    text        primary key,
    holder  uuid        not null,
    epoch   bigint      not null,
    beat_at timestamptz not null
);
