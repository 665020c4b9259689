-- The link by which a person sets another password, once. A newer one takes its place.
create table session.password_reset (
    person     uuid        primary key references session.person,
    hash       bytea       not null unique,
    made_by    uuid        not null references session.person,
    expires_at timestamptz not null
);
