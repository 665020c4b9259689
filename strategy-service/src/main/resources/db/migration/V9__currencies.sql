-- The currency of a broker's balance was guessed; it is asked for when the account is used next.
update strategy.account set currency = '' where broker = 'polarium';
