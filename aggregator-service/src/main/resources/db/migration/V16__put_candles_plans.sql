-- The plans of put_candles are made once a session: with a few items a call, as while minutes form, a plan for each call
-- took as long as its execution. A plan for any number of items is as good, as the function allows index scans only.
alter function market.put_candles(
    text[], text[], text[], timestamptz[], numeric[], numeric[], numeric[], numeric[], numeric[], numeric[], text[],
    text[], boolean[], boolean[], timestamptz, text, bigint[], text[], text[], timestamptz[], boolean[], text)
    set plan_cache_mode = force_generic_plan;
