package pregao.strategy.execution;

import java.time.Clock;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PendingOrderRepository}.
 */
class PendingOrderRepositoryTests {

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final PendingOrderRepository repository = new PendingOrderRepository(this.database, Clock.systemUTC());

    private final UUID person = UUID.randomUUID();

    @Test
    void leavesOutWhatAKillSwitchCancelsWhileItIsValid() {
        killSwitch("cancel");
        UUID held = order("new", "open", 600);
        UUID late = order("new", "open", -1);
        UUID closing = order("new", "close", 600);
        UUID sent = order("sent", "open", 600);
        this.repository.claim(Set.of());
        assertThat(isClaimed(late)).isTrue();
        assertThat(isClaimed(closing)).isTrue();
        assertThat(isClaimed(sent)).isTrue();
        assertThat(isClaimed(held)).isFalse();

        killSwitch("block");
        this.repository.claim(Set.of());
        assertThat(isClaimed(held)).isTrue();
    }

    private void killSwitch(String level) {
        this.database.sql("""
                insert into strategy.kill_switch (person, by, reason, at, level)
                values (:person, :person, 'test', now(), :level) on conflict (person) do update set level = :level""")
            .param("person", this.person)
            .param("level", level)
            .update();
    }

    private UUID order(String state, String purpose, int validSeconds) {
        UUID id = UUID.randomUUID();
        this.database
            .sql("""
                    insert into strategy.order_ (id, person, account, money, feed, symbol, kind, side, purpose, amount, risk,
                      level, state, reason, message, decided_at, valid_until, told, due_at, created_at, changed_at)
                    values (:id, :person, :id, 'demo', 'binance', 'BTCUSDT', 'spot', 'buy', :purpose, 1, 1, 0, :state, '',
                      '', now(), now() + make_interval(secs => :valid), true, '2020-01-01Z', now(), now())""")
            .param("id", id)
            .param("person", this.person)
            .param("purpose", purpose)
            .param("state", state)
            .param("valid", validSeconds)
            .update();
        return id;
    }

    /** Returns whether this or another service under test has claimed the order. */
    private boolean isClaimed(UUID id) {
        return this.database.sql("select due_at > '2020-01-01Z' or due_at is null from strategy.order_ where id = :id")
            .param("id", id)
            .query(Boolean.class)
            .single();
    }

}
