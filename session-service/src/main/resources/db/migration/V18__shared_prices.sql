-- Whether an account's session may be used for the prices that everybody sees. Only its person says so.
alter table session.broker_account add column shares_prices boolean not null default false;
