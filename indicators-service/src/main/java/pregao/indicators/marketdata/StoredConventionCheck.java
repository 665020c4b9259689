package pregao.indicators.marketdata;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.IndicatorProperties;

/**
 * Checks the convention of the stored values: that of the installation, except while all
 * values are computed again after it was changed.
 */
@Component
class StoredConventionCheck {

    private static final Duration CACHE_TTL = Duration.ofSeconds(1);

    private static final String SELECT_IS_COMPLETE = """
            select count(*) filter (where value <> $1) = 0 and count(*) > 0
            from indicators.indicator_state where key like 'convention/%'""";

    private final IndicatorConvention convention;

    private final Mono<Boolean> isComplete;

    @Autowired
    StoredConventionCheck(IndicatorProperties properties, DatabaseClient databaseClient) {
        this(properties.convention(),
                databaseClient.sql(SELECT_IS_COMPLETE)
                    .bind(0, properties.convention().text())
                    .mapValue(Boolean.class)
                    .one());
    }

    StoredConventionCheck(IndicatorConvention convention, Mono<Boolean> query) {
        this.convention = convention;
        // A failure is delivered to the current subscribers, and the next one queries
        // again.
        this.isComplete = query.cache((value) -> CACHE_TTL, (failure) -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * Returns the convention of the installation.
     */
    IndicatorConvention convention() {
        return this.convention;
    }

    /**
     * Returns whether the stored values follow a convention.
     */
    Mono<Boolean> isStored(IndicatorConvention convention) {
        return (convention == this.convention) ? this.isComplete : Mono.just(false);
    }

}
