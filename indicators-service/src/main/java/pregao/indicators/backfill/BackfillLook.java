package pregao.indicators.backfill;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Timeframe;
import pregao.indicators.coverage.CandleTimes;
import pregao.indicators.coverage.KnownSeries;
import pregao.indicators.coverage.SeriesTable;
import pregao.indicators.coverage.StoredWeekendHours;

/**
 * Looks for gaps in the M1 candles of live feeds every few minutes, one instrument after
 * the other, and asks for what is missing.
 */
@Component
class BackfillLook {

    private static final Logger log = LoggerFactory.getLogger(BackfillLook.class);

    private static final int PAGE = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final SeriesTable series;

    private final CandleTimes candles;

    private final StoredWeekendHours weekends;

    private final WishTable wishes;

    private final WishPublisher publisher;

    private final QualityGauges gauges;

    private final BackfillSettings settings;

    private final InstantSource clock;

    BackfillLook(SeriesTable series, CandleTimes candles, StoredWeekendHours weekends, WishTable wishes,
            WishPublisher publisher, QualityGauges gauges, BackfillSettings settings, InstantSource clock) {
        this.series = series;
        this.candles = candles;
        this.weekends = weekends;
        this.wishes = wishes;
        this.publisher = publisher;
        this.gauges = gauges;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${pregao.backfill.every:5m}", initialDelayString = "${pregao.backfill.every:5m}")
    Mono<Void> look() {
        return Mono.defer(() -> look(this.clock.instant()))
            .timeout(PATIENCE)
            .onErrorResume(BackfillLook::isOutage, (failure) -> {
                log.warn("the look for gaps was given up: {}", failure.toString());
                return Mono.empty();
            });
    }

    private Mono<Void> look(Instant now) {
        List<Finding> findings = new ArrayList<>();
        return page(List.of()).expand(this::next)
            .concatMapIterable((page) -> page)
            .filter((each) -> !each.eventTime())
            .concatMap((each) -> find(each, now).doOnNext(findings::add)
                .flatMap(this::wish)
                .onErrorResume(BackfillLook::isOutage, (failure) -> {
                    log.warn("gaps of {} are not asked for now: {}", each.instrument(), failure.toString());
                    return Mono.empty();
                })
                .onErrorResume(RuntimeException.class, (failure) -> {
                    log.error("gaps of {} cannot be looked for", each.instrument(), failure);
                    return Mono.empty();
                }))
            .then(Mono.fromRunnable(() -> this.gauges.show(findings)))
            .then(this.wishes.forget(now.minus(this.settings.reach().multipliedBy(2))));
    }

    /** A fault of this service is none, and is logged with its place. */
    private static boolean isOutage(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof R2dbcException
                || failure instanceof DataAccessException || failure instanceof KafkaException;
    }

    private Mono<List<KnownSeries>> next(List<KnownSeries> page) {
        return (page.size() < PAGE) ? Mono.empty() : page(page);
    }

    private Mono<List<KnownSeries>> page(List<KnownSeries> before) {
        return this.series.page(Timeframe.M1, null, null, before.isEmpty() ? null : before.getLast().instrument(),
                PAGE);
    }

    private Mono<Finding> find(KnownSeries each, Instant now) {
        Instant from = now.minus(this.settings.reach());
        Instant end = each.end(now);
        return this.weekends.learn(each, from, now)
            .flatMap((series) -> this.candles.between(series.instrument(), series.timeframe(), from, end)
                .map((times) -> new Finding(series, now, series.search(from, end, this.settings.shortest(), times))));
    }

    private Mono<Integer> wish(Finding finding) {
        return this.wishes.claim(finding.wishes(), this.settings.repeat(), this.publisher::publish).doOnNext((made) -> {
            if (made > 0) {
                log.info("{} gaps of {} were asked to be filled", made, finding.series().instrument());
            }
        });
    }

}
