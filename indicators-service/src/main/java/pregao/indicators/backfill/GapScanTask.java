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
 * Looks for gaps in the M1 candles of live feeds every few minutes, one instrument after
 * the other, and asks for what is missing.
 */
@Component
class GapScanTask {

    private static final Logger log = LoggerFactory.getLogger(GapScanTask.class);

    private static final int PAGE = 200;

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(4);

    private final SeriesRepository series;

    private final OpenTimeRepository candles;

    private final WeekendHoursRepository weekends;

    private final BackfillRequestRepository wishes;

    private final BackfillRequestPublisher publisher;

    private final DataQualityMetrics gauges;

    private final BackfillProperties settings;

    private final InstantSource clock;

    GapScanTask(SeriesRepository series, OpenTimeRepository candles, WeekendHoursRepository weekends,
            BackfillRequestRepository wishes, BackfillRequestPublisher publisher, DataQualityMetrics gauges,
            BackfillProperties settings, InstantSource clock) {
        this.series = series;
        this.candles = candles;
        this.weekends = weekends;
        this.wishes = wishes;
        this.publisher = publisher;
        this.gauges = gauges;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${pregao.backfill.interval:5m}",
            initialDelayString = "${pregao.backfill.interval:5m}")
    Mono<Void> look() {
        return Mono.defer(() -> look(this.clock.instant()))
            .timeout(REQUEST_TIMEOUT)
            .onErrorResume(GapScanTask::isOutage, (failure) -> {
                log.warn("the look for gaps was given up: {}", failure.toString());
                return Mono.empty();
            });
    }

    private Mono<Void> look(Instant now) {
        List<SeriesGaps> findings = new ArrayList<>();
        return page(List.of()).expand(this::next)
            .concatMapIterable((page) -> page)
            .filter((seriesInfo) -> !seriesInfo.eventTime())
            .concatMap((each) -> find(each, now).doOnNext(findings::add)
                .flatMap(this::wish)
                .onErrorResume(GapScanTask::isOutage, (failure) -> {
                    log.warn("gaps of {} are not asked for now: {}", each.instrument(), failure.toString());
                    return Mono.empty();
                })
                .onErrorResume(RuntimeException.class, (failure) -> {
                    log.error("gaps of {} cannot be looked for", each.instrument(), failure);
                    return Mono.empty();
                }))
            .then(Mono.fromRunnable(() -> this.gauges.show(findings)))
            .then(this.wishes.forget(now.minus(this.settings.lookback().multipliedBy(2))));
    }

    /** A fault of this service is none, and is logged with its place. */
    private static boolean isOutage(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof R2dbcException
                || failure instanceof DataAccessException || failure instanceof KafkaException;
    }

    private Mono<List<SeriesInfo>> next(List<SeriesInfo> page) {
        return (page.size() < PAGE) ? Mono.empty() : page(page);
    }

    private Mono<List<SeriesInfo>> page(List<SeriesInfo> before) {
        return this.series.page(Timeframe.M1, null, null, before.isEmpty() ? null : before.getLast().instrument(),
                PAGE);
    }

    private Mono<SeriesGaps> find(SeriesInfo seriesInfo, Instant now) {
        Instant from = now.minus(this.settings.lookback());
        Instant end = seriesInfo.end(now);
        return this.weekends.learn(seriesInfo, from, now)
            .flatMap((series) -> this.candles.between(series.instrument(), series.timeframe(), from, end)
                .map((times) -> new SeriesGaps(series, now, series.search(from, end, this.settings.minGap(), times))));
    }

    private Mono<Integer> wish(SeriesGaps finding) {
        return this.wishes.claim(finding.wishes(), this.settings.repeatAfter(), this.publisher::publish)
            .doOnNext((made) -> {
                if (made > 0) {
                    log.info("{} gaps of {} were asked to be filled", made, finding.series().instrument());
                }
            });
    }

}
