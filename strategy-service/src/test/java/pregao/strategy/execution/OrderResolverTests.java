package pregao.strategy.execution;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import pregao.strategy.StrategyDatabase;
import pregao.strategy.json.ExactJson;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.outbox.OutboxTrigger;
import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OrderResolver}: a user resolves an ambiguous order.
 */
class OrderResolverTests {

    private static final String LOST = "{\"outcome\": \"settled\", \"profit\": -10, \"reason\": \"position 701\"}";

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final OutcomeSignal outcomeSignal = new OutcomeSignal();

    private final OrderResolver resolver = new OrderResolver(StrategyDatabase.shared().pool(), new OutboxTrigger(),
            this.outcomeSignal, Clock.systemUTC());

    @Test
    void endsAnOptionAndLetsItsBotGoOn() throws SQLException {
        UUID bot = UUID.randomUUID();
        Order order = StoredOrders.option(OrderState.AMBIGUOUS, Instant.EPOCH, bot);
        this.database.sql("""
                insert into strategy.bot (id, person, name, kind, account, money, settings, state, halted_from, reason,
                  version, created_at, changed_at)
                values (?, ?, 'halted', 'option', ?, 'demo', '{}', 'halted', 'stopping', ?,
                  nextval('strategy.bot_version'), now(), now())""")
            .param(bot)
            .param(order.owner().person())
            .param(order.owner().account().id())
            .param("Order %s: look there".formatted(order.id()))
            .update();

        Order resolved = resolve(order, LOST);

        assertThat(resolved.state()).isEqualTo(OrderState.SETTLED);
        assertThat(
                queryText("select concat_ws(' ', state, reason, message, trim_scale((fill->>'profit')::numeric), told) "
                        + "from strategy.order_ where id = ?", order.id()))
            .as("its bot is told by the loop")
            .isEqualTo("settled resolved position 701 -10 f");
        assertThat(this.outcomeSignal.getAndClear()).isTrue();
        assertThat(queryText("select state || reason from strategy.bot where id = ?", bot)).isEqualTo("stopping");
        assertThat(queryText("select person || ' ' || reason from strategy.order_resolution where order_id = ?",
                order.id()))
            .isEqualTo(order.owner().person() + " position 701");
    }

    @Test
    void endsAPurchaseByHand() throws SQLException {
        Order order = StoredOrders.manualBuy(OrderState.AMBIGUOUS, Instant.EPOCH);
        resolve(order, """
                {"outcome": "filled", "price": 9.5, "quantity": 0.8, "fee": 0.01, "reason": "history"}""");
        assertThat(queryText("select concat_ws(' ', trim_scale(amount), trim_scale(entry), trim_scale(fee)) "
                + "from strategy.position where account = ?", order.owner().account().id()))
            .isEqualTo("0.8 9.5 0.01");
        assertThat(queryText("select trim_scale(exposure)::text from strategy.account where id = ?",
                order.owner().account().id()))
            .as("10 were at risk for the order, 7.6 are held")
            .isEqualTo("7.6");
    }

    @Test
    void givesBackWhatWasAtRiskWhereTheBrokerHasNothing() throws SQLException {
        Order order = StoredOrders.manualBuy(OrderState.AMBIGUOUS, Instant.EPOCH);
        assertThat(resolve(order, "{\"outcome\": \"not_found\", \"reason\": \"history\"}").state())
            .isEqualTo(OrderState.ABSENT);
        assertThat(queryText("select trim_scale(exposure)::text from strategy.account where id = ?",
                order.owner().account().id()))
            .isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AMBIGUOUS")
    void endsNoOrderWhoseOutcomeIsCertainOrStillToCome(OrderState state) throws SQLException {
        Order order = StoredOrders.option(state, Instant.EPOCH, UUID.randomUUID());
        assertRejected(409, () -> resolve(order, LOST));
        assertThat(queryText("select state from strategy.order_ where id = ?", order.id())).isEqualTo(state.text());
    }

    @Test
    void knowsNoOrderOfSomebodyElse() throws SQLException {
        Order order = StoredOrders.option(OrderState.AMBIGUOUS, Instant.EPOCH, UUID.randomUUID());
        assertRejected(404, () -> this.resolver.resolve(order.id(), UUID.randomUUID(), json(LOST)));
        assertRejected(404, () -> this.resolver.resolve(UUID.randomUUID(), order.owner().person(), json(LOST)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"outcome\": \"won\", \"reason\": \"a\"}",
            "{\"outcome\": \"settled\", \"reason\": \"without profit\"}",
            "{\"outcome\": \"settled\", \"profit\": 1, \"reason\": \"\"}",
            "{\"outcome\": \"settled\", \"profit\": 1, \"reason\": \"a\", \"price\": 1}",
            "{\"outcome\": \"filled\", \"price\": 1, \"quantity\": 1, \"reason\": \"an option is not filled\"}" })
    void refusesWhatItDoesNotUnderstand(String body) throws SQLException {
        Order order = StoredOrders.option(OrderState.AMBIGUOUS, Instant.EPOCH, UUID.randomUUID());
        assertRejected(422, () -> resolve(order, body));
    }

    private Order resolve(Order order, String body) {
        return this.resolver.resolve(order.id(), order.owner().person(), json(body));
    }

    private static JsonNode json(String body) {
        return ExactJson.parseStored(body);
    }

    private String queryText(String sql, UUID id) {
        return this.database.sql(sql).param(id).query(String.class).single();
    }

    private static void assertRejected(int status, ThrowingCallable call) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(call)
            .satisfies((problem) -> assertThat(problem.problem().status()).isEqualTo(status));
    }

}
