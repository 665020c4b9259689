-- A whole number for a spread, of an instrument whose digits nobody said, is in an unknown unit. Candles with it are
-- stored like all others: the functions that check units take this one too, whatever else they say by now.
do $$
declare
    v_function   oid;
    v_definition text;
begin
    for v_function in
        select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'market' and p.prokind = 'f' and p.prosrc like $q$%array['price', 'points']%$q$
    loop
        v_definition := pg_get_functiondef(v_function);
        execute replace(v_definition, $q$array['price', 'points']$q$, $q$array['price', 'points', 'unknown']$q$);
    end loop;
end
$$;

comment on column market.candle.spread_unit is
    'price; points where the worth of a point is unknown; unknown where the sender gave a whole number and no unit.';
