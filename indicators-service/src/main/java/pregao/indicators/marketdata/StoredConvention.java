package pregao.indicators.marketdata;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.indicator.Convention;
import pregao.indicators.IndicatorsSettings;

/**
 * By which convention the stored values are: that of the installation, but for the time
 * in which they are all computed anew after it was changed.
 */
@Component
class StoredConvention {

    private static final Duration BELIEVED = Duration.ofSeconds(1);

    private static final String OTHERS = """
            select count(*) filter (where value <> $1) = 0 and count(*) > 0
            from indicators.indicator_state where key like 'convention/%'""";

    private final Convention convention;

    private final Mono<Boolean> complete;

    @Autowired
    StoredConvention(IndicatorsSettings settings, DatabaseClient database) {
        this(settings.convention(),
                database.sql(OTHERS).bind(0, settings.convention().text()).mapValue(Boolean.class).one());
    }

    StoredConvention(Convention convention, Mono<Boolean> query) {
        this.convention = convention;
        // A failure is answered to those who wait for it, and asked again by the next
        // one.
        this.complete = query.cache((value) -> BELIEVED, (failure) -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * The convention of the installation.
     */
    Convention convention() {
        return this.convention;
    }

    /**
     * Whether stored values are by a convention.
     */
    Mono<Boolean> is(Convention asked) {
        return (asked == this.convention) ? this.complete : Mono.just(false);
    }

}
