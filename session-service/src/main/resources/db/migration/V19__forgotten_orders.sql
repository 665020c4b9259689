-- An order that its broker had and says now does not exist: a person says what became of it.
alter table session.execution drop constraint execution_state_check;
alter table session.execution add constraint execution_state_check
    check (state in ('sending', 'unknown', 'placed', 'filled', 'refused', 'not_sent', 'absent', 'ambiguous', 'forgotten',
                     'settled', 'taken_back'));
