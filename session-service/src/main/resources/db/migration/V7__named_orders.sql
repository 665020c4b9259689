-- Where the broker keeps our id with an order, it is never taken for another one, and need not be alone.
alter table session.execution add column named boolean not null default false;

drop index session.execution_unresolved;

-- Two orders that could be taken for each other are never under way together.
create unique index execution_unresolved on session.execution (account, symbol, side)
    where state in ('sending', 'unknown') and not named;
