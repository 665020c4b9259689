package pregao.strategy.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.execution.ExecutionReport;
import pregao.contracts.order.OrderStatus;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.outbox.OutboxTrigger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the ledger has the same final state for any order, repetition and mixture of
 * reports and responses.
 */
class ReportPropertyTests {

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private static final int MAX_ATTEMPTS = 25;

    private static final long AT = 1_700_000_000_000L;

    private static final String SENDING = "{\"state\":\"sending\"}";

    private static final String UNKNOWN = "{\"state\":\"unknown\"}";

    private final JdbcClient database = JdbcClient.create(DATABASE.pool());

    private final JsonMapper json = JsonMapper.builder().build();

    private final ExecutionReportHandler reportHandler = new ExecutionReportHandler(DATABASE.pool(),
            new OutboxTrigger(), new OutcomeSignal(), this.json, Clock.systemUTC());

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
            "{\"state\":\"settled\",\"broker_id\":7,\"profit\":8.7,\"payout\":87,\"strike\":1.1}#settled 1.1 8.7 0.87 1",
            "{\"state\":\"settled\",\"broker_id\":7,\"profit\":8.700000000000001,\"payout\":87,\"strike\":1.1000000000000001}"
                    + "#settled 1.1 8.7 0.87 1",
            "{\"state\":\"taken_back\",\"broker_id\":7}#taken_back 0" })
    void endsAnOptionTheSame(String end, String expected) throws SQLException {
        List<String> outcomes = List.of(SENDING, UNKNOWN,
                "{\"state\":\"placed\",\"broker_id\":7,\"strike\":1.1,\"payout\":87}", end);
        for (long seed = 0; seed < MAX_ATTEMPTS; seed++) {
            Order order = StoredOrders.option(OrderState.NEW, Instant.ofEpochMilli(AT), null);
            this.database.sql("update strategy.account set reserved = 10 where id = ?")
                .param(order.owner().account().id())
                .update();
            deliver(order, outcomes, seed);
            String fill = expected.startsWith("settled")
                    ? ", trim_scale((fill->>'price')::numeric), trim_scale((fill->>'profit')::numeric),"
                            + " trim_scale((fill->>'payout')::numeric)"
                    : "";
            assertThat(queryText("select concat_ws(' ', state" + fill
                    + ", (select count(*) from strategy.trade t where t.account = o.account))"
                    + " from strategy.order_ o where id = ?", order.id()))
                .as("seed " + seed)
                .isEqualTo(expected);
            assertThat(accountState(order)).as("seed " + seed)
                .isEqualTo(expected.startsWith("settled") ? "0 0 8.7" : "0 0 0");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
            "{\"state\":\"filled\",\"broker_id\":7,\"quantity\":0.8,\"quote\":7.6,\"fee\":0,\"fee_asset\":\"USDT\"}#filled 0.8 1",
            "{\"state\":\"refused\",\"why\":\"rejected\"}#rejected 1 0",
            "{\"state\":\"not_sent\",\"why\":\"too_late\",\"message\":\"late\"}#not_sent 1 0",
            "{\"state\":\"absent\"}#absent 1 0", "{\"state\":\"ambiguous\",\"candidates\":[7,8]}#ambiguous 1 0",
            "{\"state\":\"forgotten\",\"broker_id\":7}#ambiguous 1 0" })
    void endsAPurchaseByHandTheSame(String end, String expected) throws SQLException {
        for (long seed = 0; seed < MAX_ATTEMPTS; seed++) {
            Order order = StoredOrders.manualBuy(OrderState.NEW, Instant.ofEpochMilli(AT));
            deliver(order, List.of(SENDING, UNKNOWN, end), seed);
            assertThat(queryText("select concat_ws(' ', state, trim_scale(amount),"
                    + " (select count(*) from strategy.position p where p.account = o.account))"
                    + " from strategy.order_ o where id = ?", order.id()))
                .as("seed " + seed)
                .isEqualTo(expected);
            String risk = expected.startsWith("filled") ? "7.6" : expected.startsWith("ambiguous") ? "10" : "0";
            assertThat(accountState(order)).as("seed " + seed).isEqualTo(risk + " 0 0");
        }
    }

    @Test
    void anEndThatComesBetweenIsWhatTheBotIsTold() throws SQLException {
        Order order = StoredOrders.option(OrderState.PLACED, Instant.ofEpochMilli(AT), UUID.randomUUID());
        this.reportHandler.apply(order, this.json.readTree("{\"state\":\"settled\",\"broker_id\":7,\"profit\":8.7}"),
                AT);
        try (Connection connection = DATABASE.pool().getConnection()) {
            assertThat(OrderRepository.refreshUndelivered(connection, List.of(order))).singleElement()
                .extracting(Order::state)
                .isEqualTo(OrderState.SETTLED);
        }
        this.database.sql("update strategy.order_ set told = true where id = ?").param(order.id()).update();
        try (Connection connection = DATABASE.pool().getConnection()) {
            assertThat(OrderRepository.refreshUndelivered(connection, List.of(order))).as("another replica told it")
                .isEmpty();
        }
    }

    @Test
    void ignoresReportsOfOrdersThatAreNotOfTheLedger() throws SQLException {
        Order order = StoredOrders.manualBuy(OrderState.SENT, Instant.ofEpochMilli(AT));
        String rejected = "{\"state\":\"refused\",\"why\":\"rejected\"}";
        List<Boolean> committed = new ArrayList<>();
        this.reportHandler.apply(
                List.of(report(UUID.randomUUID(), order.owner().account().id(), rejected),
                        report(order.id(), UUID.randomUUID(), rejected),
                        report(order.id(), order.owner().account().id(), "{\"state\":\"not_known_here\"}"),
                        report(order.id(), order.owner().account().id(), "no document")),
                (connection) -> committed.add(true));
        assertThat(queryText("select state from strategy.order_ where id = ?", order.id())).isEqualTo("sent");
        assertThat(committed).as("nothing holds the others up").containsExactly(true);
    }

    /**
     * Delivers each outcome at least once, in random order, in batches of reports or as
     * single responses.
     */
    private void deliver(Order order, List<String> history, long seed) throws SQLException {
        Random random = new Random(seed);
        List<String> outcomes = new ArrayList<>(history);
        for (int extra = random.nextInt(6); extra > 0; extra--) {
            outcomes.add(history.get(random.nextInt(history.size())));
        }
        Collections.shuffle(outcomes, random);
        List<ExecutionReport> batch = new ArrayList<>();
        for (String outcome : outcomes) {
            if (random.nextInt(3) == 0) {
                this.reportHandler.apply(order, this.json.readTree(outcome), AT);
            }
            else {
                batch.add(report(order.id(), order.owner().account().id(), outcome));
            }
            if (random.nextBoolean()) {
                this.reportHandler.apply(List.copyOf(batch), (connection) -> {
                });
                batch.clear();
            }
        }
        this.reportHandler.apply(batch, (connection) -> {
        });
    }

    private static ExecutionReport report(UUID order, UUID account, String outcome) {
        return new ExecutionReport(order, account, OrderStatus.UNKNOWN, outcome, AT);
    }

    private String accountState(Order order) {
        return queryText("select concat_ws(' ', trim_scale(exposure), trim_scale(reserved), trim_scale(profit)) "
                + "from strategy.account where id = ?", order.owner().account().id());
    }

    private String queryText(String sql, UUID id) {
        return this.database.sql(sql).param(id).query(String.class).single();
    }

}
