-- Addresses are compared in the form NFKC from now on. Of several that become the same, the oldest is the person's;
-- the others stay as they are, and an admin sees them in the list.
update session.person p set email = normalize(p.email, nfkc)
where p.email is not nfkc normalized
  and not exists (select from session.person o where o.email = normalize(p.email, nfkc))
  and p.id = (
      select o.id from session.person o
      where normalize(o.email, nfkc) = normalize(p.email, nfkc)
      order by o.created_at, o.id
      limit 1
  );
