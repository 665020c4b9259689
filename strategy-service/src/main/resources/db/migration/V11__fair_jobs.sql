-- Whose turn it is: the person whose last job was begun the longest ago.
create index job_begun on strategy.job (person, started_at desc) where started_at is not null;
