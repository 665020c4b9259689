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
import pregao.indicators.coverage.OpenTimeRepository;
import pregao.indicators.coverage.SeriesInfo;
import pregao.indicators.coverage.SeriesRepository;
import pregao.indicators.coverage.WeekendHoursRepository;

/**
 * Searches the M1 candles of live feeds for gaps at an interval, one instrument at a
 * time, and requests what is missing.
 */
@Component
class GapScanTask {

    private static final Logger log = LoggerFactory.getLogger(GapScanTask.class);

    private static final int PAGE_SIZE = 200;

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(4);

    private final SeriesRepository seriesRepository;

    private final OpenTimeRepository openTimes;

    private final WeekendHoursRepository weekendHours;

    private final BackfillRequestRepository requests;

    private final BackfillRequestPublisher publisher;

    private final DataQualityMetrics metrics;

    private final BackfillProperties properties;

    private final InstantSource clock;

    GapScanTask(SeriesRepository seriesRepository, OpenTimeRepository openTimes, WeekendHoursRepository weekendHours,
            BackfillRequestRepository requests, BackfillRequestPublisher publisher, DataQualityMetrics metrics,
            BackfillProperties properties, InstantSource clock) {
        this.seriesRepository = seriesRepository;
        this.openTimes = openTimes;
        this.weekendHours = weekendHours;
        this.requests = requests;
        this.publisher = publisher;
        this.metrics = metrics;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${pregao.backfill.interval:5m}",
            initialDelayString = "${pregao.backfill.interval:5m}")
    Mono<Void> scan() {
        return Mono.defer(() -> scan(this.clock.instant()))
            .timeout(REQUEST_TIMEOUT)
            .onErrorResume(GapScanTask::isOutage, (failure) -> {
                log.warn("the look for gaps was given up: {}", failure.toString());
                return Mono.empty();
            });
    }

    private Mono<Void> scan(Instant now) {
        List<SeriesGaps> results = new ArrayList<>();
        return findPage(List.of()).expand(this::findNextPage)
            .concatMapIterable((page) -> page)
            .filter((series) -> !series.eventTime())
            .concatMap((series) -> findGaps(series, now).doOnNext(results::add)
                .flatMap(this::requestBackfill)
                .onErrorResume(GapScanTask::isOutage, (failure) -> {
                    log.warn("gaps of {} are not asked for now: {}", series.instrument(), failure.toString());
                    return Mono.empty();
                })
                .onErrorResume(RuntimeException.class, (failure) -> {
                    log.error("gaps of {} cannot be looked for", series.instrument(), failure);
                    return Mono.empty();
                }))
            .then(Mono.fromRunnable(() -> this.metrics.update(results)))
            .then(this.requests.deleteOlderThan(now.minus(this.properties.lookback().multipliedBy(2))));
    }

    /**
     * Any other failure is a fault of this service and is logged with its stack trace.
     */
    private static boolean isOutage(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof R2dbcException
                || failure instanceof DataAccessException || failure instanceof KafkaException;
    }

    private Mono<List<SeriesInfo>> findNextPage(List<SeriesInfo> previousPage) {
        return (previousPage.size() < PAGE_SIZE) ? Mono.empty() : findPage(previousPage);
    }

    private Mono<List<SeriesInfo>> findPage(List<SeriesInfo> previousPage) {
        return this.seriesRepository.findPage(Timeframe.M1, null, null,
                previousPage.isEmpty() ? null : previousPage.getLast().instrument(), PAGE_SIZE);
    }

    private Mono<SeriesGaps> findGaps(SeriesInfo series, Instant now) {
        Instant from = now.minus(this.properties.lookback());
        Instant end = series.computeEnd(now);
        return this.weekendHours.learn(series, from, now)
            .flatMap((seriesWithWeekends) -> this.openTimes
                .findBetween(seriesWithWeekends.instrument(), seriesWithWeekends.timeframe(), from, end)
                .map((openTimes) -> new SeriesGaps(seriesWithWeekends, now,
                        seriesWithWeekends.findGaps(from, end, this.properties.minGap(), openTimes))));
    }

    private Mono<Integer> requestBackfill(SeriesGaps result) {
        return this.requests.claim(result.toRequests(), this.properties.repeatAfter(), this.publisher::publish)
            .doOnNext((count) -> {
                if (count > 0) {
                    log.info("{} gaps of {} were asked to be filled", count, result.series().instrument());
                }
            });
    }

}
