-- Wrong tries at accounts, counted over all replicas. The account is a hash of what is guessed and where, so that an
-- address that nobody has is counted alike. Rows go as soon as their tries have come back.
create table session.guess (
    account bytea       primary key,
    -- When all tries are back. Further ahead than a limit, there is none left.
    until   timestamptz not null
) with (fillfactor = 50);
