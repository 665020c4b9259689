-- What becomes of orders at brokers is published, noted by the statement that writes it.
alter table session.outbox drop constraint outbox_topic_check;
alter table session.outbox add constraint outbox_topic_check
    check (topic in ('key', 'feed', 'login', 'session', 'execution-report'));

-- Events are published as they were noted; of the others, what holds then.
alter table session.outbox drop constraint outbox_check;
alter table session.outbox add constraint outbox_check
    check ((topic in ('session', 'execution-report')) = (value is not null));
