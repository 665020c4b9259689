package pregao.strategy.manualorder;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an id identifies one order, even if two accounts use it concurrently.
 */
class OrderIdTests {

    private final ApiClient api = ApiClient.newcomer();

    private final UUID id = UUID.randomUUID();

    @RepeatedTest(5)
    void ofTwoAccountsAtOnceOneGetsTheOrder() {
        UUID firstAccount = this.api.account("polarium", false);
        UUID secondAccount = this.api.account("polarium", false);
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<ApiClient.Answer>> futures;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            futures = Stream.of(firstAccount, secondAccount)
                .map((account) -> threads.submit(() -> placed(account, start)))
                .toList();
        }
        List<ApiClient.Answer> responses = futures.stream().map(Future::resultNow).toList();
        assertThat(responses).extracting(ApiClient.Answer::status).containsExactlyInAnyOrder(202, 422);
        assertThat(responses).filteredOn((response) -> response.status() == 422)
            .extracting((response) -> response.body().path("type").stringValue())
            .containsExactly("/problems/order-id-used");
        assertThat(JdbcClient.create(StrategyDatabase.shared().pool())
            .sql("select sum(reserved) from strategy.account where person = :person")
            .param("person", this.api.person())
            .query(Integer.class)
            .single()).as("reserved on both accounts").isEqualTo(10);
    }

    private ApiClient.Answer placed(UUID account, CyclicBarrier start) throws Exception {
        start.await();
        return this.api.call(HttpMethod.PUT, "/api/orders/" + this.id, """
                {"account": "%s", "money": "demo", "feed": "polarium", "symbol": "EURUSD", "side": "call",
                 "amount": 10, "payout": 0.8, "seconds": 60}""".formatted(account));
    }

}
