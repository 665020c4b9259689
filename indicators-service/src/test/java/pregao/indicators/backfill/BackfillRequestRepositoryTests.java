package pregao.indicators.backfill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.backfill.BackfillRequest;
import pregao.indicators.IndicatorsTestEnvironment;
import pregao.testsupport.MarketTestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link BackfillRequestRepository} with a real database.
 */
class BackfillRequestRepositoryTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration REPEAT = Duration.ofHours(6);

    private static final Instant NOON = Instant.parse("2025-02-20T12:00:00Z");

    private static BackfillRequestRepository table;

    private final List<BackfillRequest> publishedRequests = new ArrayList<>();

    @BeforeAll
    static void connect() {
        Map<String, String> properties = new HashMap<>();
        for (String property : MarketTestDatabase.shared().properties(IndicatorsTestEnvironment.ROLE)) {
            String[] parts = property.split("=", 2);
            properties.put(parts[0], parts[1]);
        }
        ConnectionFactory connections = ConnectionFactories
            .get(ConnectionFactoryOptions.parse("r2dbc:" + properties.get("PREGAO_DATABASE_URL"))
                .mutate()
                .option(ConnectionFactoryOptions.USER, properties.get("PREGAO_DATABASE_USER"))
                .option(ConnectionFactoryOptions.PASSWORD, properties.get("PREGAO_DATABASE_PASSWORD"))
                .build());
        table = new BackfillRequestRepository(DatabaseClient.create(connections), connections);
    }

    @Test
    void repeatsAWishOnlyAfterAWhile() {
        assertThat(claim("REPEAT", NOON, this::make)).isEqualTo(2);
        assertThat(claim("REPEAT", NOON.plus(Duration.ofMinutes(359)), this::make)).isZero();
        assertThat(claim("REPEAT", NOON.plus(REPEAT), this::make)).isEqualTo(2);
        assertThat(this.publishedRequests).hasSize(4);
        assertThat(countTimes("REPEAT")).isEqualTo(2);
    }

    @Test
    void doesNotClaimWhatCannotBeMade() {
        assertThatThrownBy(() -> claim("FAILS", NOON, (requests) -> Mono.error(new IllegalStateException("no broker"))))
            .hasMessage("no broker");
        assertThat(claim("FAILS", NOON.plusSeconds(60), this::make)).isEqualTo(2);
        assertThat(countTimes("FAILS")).isOne();
    }

    @Test
    void forgetsOldWishes() {
        claim("OLD", NOON.minus(Duration.ofDays(30)), this::make);
        table.deleteOlderThan(NOON.minus(Duration.ofDays(14))).block(TIMEOUT);
        assertThat(countTimes("OLD")).isZero();
    }

    private Mono<Void> make(List<BackfillRequest> requests) {
        return Mono.fromRunnable(() -> this.publishedRequests.addAll(requests));
    }

    private static int claim(String symbol, Instant now, Function<List<BackfillRequest>, Mono<Void>> making) {
        Instrument instrument = new Instrument("wishes", symbol);
        long timestamp = now.toEpochMilli();
        List<BackfillRequest> requests = List.of(
                new BackfillRequest(instrument, Timeframe.M1, 600_000, 1_200_000, timestamp),
                new BackfillRequest(instrument, Timeframe.M1, 0, 300_000, timestamp));
        return Objects.requireNonNull(table.claim(requests, REPEAT, making).block(TIMEOUT));
    }

    /** Returns how often a request was publishedRequests, or 0 if it is not stored. */
    private static int countTimes(String symbol) {
        try (Connection connection = MarketTestDatabase.shared().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select max(times) from indicators.backfill_request where symbol = '%s'".formatted(symbol))) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
