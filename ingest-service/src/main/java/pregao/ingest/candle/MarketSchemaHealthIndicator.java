package pregao.ingest.candle;

import java.time.Duration;
import java.util.Objects;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Health indicator that checks whether aggregator-service has created
 * {@code market.put_candles}.
 */
@Component("door")
class MarketSchemaHealthIndicator implements ReactiveHealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final String FUNCTION_EXISTS = """
            select exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'market' and p.proname = 'put_candles' and 'p_promote' = any(p.proargnames)
                and has_function_privilege(p.oid, 'execute'))""";

    private final ConnectionFactory connectionFactory;

    MarketSchemaHealthIndicator(ConnectionFactory connectionFactory) {
        this.connectionFactory = connectionFactory;
    }

    @Override
    public Mono<Health> health() {
        return Mono
            .usingWhen(this.connectionFactory.create(), MarketSchemaHealthIndicator::functionExists, Connection::close)
            .timeout(TIMEOUT)
            .map((exists) -> exists ? Health.up().build()
                    : Health.down().withDetail("reason", "the function market.put_candles does not exist yet").build())
            .onErrorResume(Exception.class, (ex) -> Mono.just(Health.down(ex).build()));
    }

    private static Mono<Boolean> functionExists(Connection connection) {
        return Flux.from(connection.createStatement(FUNCTION_EXISTS).execute())
            .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, Boolean.class))))
            .single();
    }

}
