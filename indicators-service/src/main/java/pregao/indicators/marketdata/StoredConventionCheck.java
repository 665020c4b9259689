package pregao.indicators.marketdata;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.indicators.IndicatorProperties;

/**
 * By which convention the stored values are: that of the installation, but for the time
 * in which they are all computed anew after it was changed.
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
        // A failure is answered to those who wait for it, and asked again by the next
        // one.
        this.isComplete = query.cache((value) -> CACHE_TTL, (failure) -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * The convention of the installation.
     */
    IndicatorConvention convention() {
        return this.convention;
    }

    /**
     * Whether stored values are by a convention.
     */
    Mono<Boolean> isStored(IndicatorConvention convention) {
        return (convention == this.convention) ? this.isComplete : Mono.just(false);
    }

}
