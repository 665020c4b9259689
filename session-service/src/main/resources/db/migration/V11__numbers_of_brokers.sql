-- What the broker has done once belongs to one order. A broker counts per symbol, and may begin anew: a number is
-- looked for within a symbol and a day. Where the broker keeps our id with an order, its number decides nothing.
drop index session.execution_of_broker;

create unique index execution_of_broker
    on session.execution (account, broker_id, symbol, (cast(created_at at time zone 'UTC' as date)))
    where broker_id is not null and not named;

-- By a number alone, for what the broker tells.
create index execution_with_number on session.execution (account, broker_id) where broker_id is not null;
