-- People who were erased before their erasure was published: said once, as a session message with the user (field 2) and the
-- state USER_ERASED (field 4). Said again it changes nothing.
insert into session.outbox (topic, name, value)
select 'session', id::text, '\x1224'::bytea || convert_to(id::text, 'UTF8') || '\x2007'::bytea
from session.person
where erased_at is not null
order by erased_at;
