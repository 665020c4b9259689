-- What the same request makes once.
alter table session.invitation add column request uuid unique;
