-- A broker may take fees of one order in several assets; each is kept.
update session.execution
set outcome = (outcome - 'fee' - 'fee_asset') || jsonb_build_object('fees',
    case when coalesce(outcome ->> 'fee_asset', '') = '' then '[]'::jsonb
         else jsonb_build_array(jsonb_build_object('asset', outcome ->> 'fee_asset', 'amount', outcome -> 'fee')) end)
where state = 'filled' and outcome ? 'fee';
