-- Addresses are compared in one form from now on: NFKC, in small letters. Of several that become the same, the one that
-- is in the form already is the person's, else the oldest; the others stay as they are, and an admin sees them in the
-- list.
with address as (
    select id, email, created_at, normalize(lower(normalize(email, nfkc)), nfkc) as form
    from session.person
    where email is not null
)
update session.person p set email = a.form
from address a
where a.id = p.id and a.email <> a.form
  and not exists (select from address o where o.email = a.form)
  and not exists (
      select from address o
      where o.form = a.form and (o.created_at, o.id) < (a.created_at, a.id)
  );
