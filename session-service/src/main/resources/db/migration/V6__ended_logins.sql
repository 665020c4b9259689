-- The ends of logins are published, too; so will be what happens to sessions at brokers.
alter table session.outbox drop constraint outbox_topic_check;
alter table session.outbox add constraint outbox_topic_check check (topic in ('key', 'feed', 'login', 'session'));
