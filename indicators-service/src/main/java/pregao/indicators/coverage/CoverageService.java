package pregao.indicators.coverage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.indicators.limit.ReactivePermits;
import pregao.indicators.query.CoverageQuery;
import pregao.indicators.query.InstrumentCursor;
import pregao.indicators.query.UnknownInstrumentException;
import pregao.market.dataquality.ArrivalTimeZoneEstimator;
import pregao.market.dataquality.Coverage;
import pregao.market.dataquality.GapDetector;
import pregao.market.dataquality.TimeZoneEvidence;
import pregao.market.dataquality.WeekendTimeZoneEstimator;

/**
 * Answers coverage queries with one connection for each, one series at a time. Only a few
 * queries run at once, so that connections remain for other requests.
 */
@Component
class CoverageService {

    private static final int MAX_CONCURRENT_READS = 3;

    private static final int MAX_WAITING = 64;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final SeriesRepository seriesRepository;

    private final OpenTimeRepository openTimes;

    private final TickStatisticsRepository tickStatistics;

    private final RejectionCountRepository rejectionCounts;

    private final SenderDiagnosticsRepository senderDiagnostics;

    private final WeekendBoundaryRepository weekendBoundaries;

    private final WeekendHoursRepository weekendHours;

    private final InstantSource clock;

    private final ReactivePermits permits = new ReactivePermits(MAX_CONCURRENT_READS, MAX_WAITING, MAX_WAIT);

    CoverageService(SeriesRepository seriesRepository, OpenTimeRepository openTimes,
            TickStatisticsRepository tickStatistics, RejectionCountRepository rejectionCounts,
            SenderDiagnosticsRepository senderDiagnostics, WeekendBoundaryRepository weekendBoundaries,
            WeekendHoursRepository weekendHours, InstantSource clock) {
        this.seriesRepository = seriesRepository;
        this.openTimes = openTimes;
        this.tickStatistics = tickStatistics;
        this.rejectionCounts = rejectionCounts;
        this.senderDiagnostics = senderDiagnostics;
        this.weekendBoundaries = weekendBoundaries;
        this.weekendHours = weekendHours;
        this.clock = clock;
    }

    Mono<CoveragePage> read(CoverageQuery query) {
        return this.permits.withPermits(1, Mono.defer(() -> readPage(query)));
    }

    private Mono<CoveragePage> readPage(CoverageQuery query) {
        Instant now = this.clock.instant();
        int pageSize = query.computePageSize(now);
        return this.seriesRepository
            .findPage(query.timeframe(), query.feed(), query.symbol(), query.after(), pageSize + 1)
            .flatMap((series) -> requireKnown(query, series))
            .flatMap((series) -> Flux.fromIterable(series.subList(0, Math.min(pageSize, series.size())))
                .concatMap((seriesInfo) -> this.weekendHours.learn(seriesInfo, query.from(seriesInfo.computeEnd(now)),
                        now))
                .concatMap((seriesInfo) -> assess(query, seriesInfo, now))
                .collectList()
                .map((items) -> new CoveragePage(items, nextCursor(series, pageSize))));
    }

    private static Mono<List<SeriesInfo>> requireKnown(CoverageQuery query, List<SeriesInfo> series) {
        String feed = query.feed();
        String symbol = query.symbol();
        return (series.isEmpty() && feed != null && symbol != null)
                ? Mono.error(() -> UnknownInstrumentException.of(feed, symbol)) : Mono.just(series);
    }

    /** Runs one query after the other; zipped, each would take a connection. */
    private Mono<CoverageResponse> assess(CoverageQuery query, SeriesInfo seriesInfo, Instant now) {
        Instant end = seriesInfo.computeEnd(now);
        Instant from = query.from(end);
        Instant to = query.to(end);
        return findCoverage(seriesInfo, from, to)
            .flatMap((coverage) -> this.tickStatistics.readStatistics(seriesInfo.instrument(), from, to)
                .flatMap((sample) -> this.rejectionCounts.countRejections(seriesInfo, from, to)
                    .flatMap((rejections) -> this.senderDiagnostics.findDiagnostics(seriesInfo, from, to)
                        .flatMap((diagnostics) -> findTimeZoneEvidence(seriesInfo, now)
                            .map((evidence) -> new CoverageAssembler(seriesInfo, now, from, to, coverage, sample,
                                    rejections, diagnostics, evidence.orElse(null))
                                .assemble())))));
    }

    private Mono<Coverage> findCoverage(SeriesInfo seriesInfo, Instant from, Instant to) {
        return this.openTimes.findBetween(seriesInfo.instrument(), seriesInfo.timeframe(), from, to)
            .map((openTimes) -> seriesInfo.findGaps(from, to, GapDetector.SHORTEST, openTimes));
    }

    /**
     * Weekends are better evidence than arrival times; and ticks of a replay arrive when
     * it is played.
     */
    private Mono<Optional<TimeZoneEvidence>> findTimeZoneEvidence(SeriesInfo seriesInfo, Instant now) {
        Mono<Optional<TimeZoneEvidence>> weekendEvidence = this.weekendBoundaries
            .findBefore(seriesInfo.instrument(), seriesInfo.lastEnd())
            .map((boundaries) -> WeekendTimeZoneEstimator.infer(seriesInfo.clock(), boundaries));
        return seriesInfo.eventTime() ? weekendEvidence : weekendEvidence
            .flatMap((evidence) -> evidence.isPresent() ? Mono.just(evidence) : findArrivalEvidence(seriesInfo, now));
    }

    /** Without live ticks, the arrival times of a terminal's candles serve as well. */
    private Mono<Optional<TimeZoneEvidence>> findArrivalEvidence(SeriesInfo seriesInfo, Instant now) {
        return this.tickStatistics.findDelays(seriesInfo.instrument(), now)
            .map((delays) -> ArrivalTimeZoneEstimator.infer(seriesInfo.clock(), seriesInfo.calendar(),
                    now.toEpochMilli(), delays))
            .flatMap((evidence) -> evidence.isPresent() ? Mono.just(evidence)
                    : this.senderDiagnostics.findDelays(seriesInfo.instrument(), now)
                        .map((delays) -> ArrivalTimeZoneEstimator.inferFromCandles(seriesInfo.clock(),
                                seriesInfo.calendar(), now.toEpochMilli(), delays)));
    }

    private static @Nullable String nextCursor(List<SeriesInfo> series, int pageSize) {
        return (series.size() > pageSize) ? new InstrumentCursor(series.get(pageSize - 1).instrument()).text() : null;
    }

    /**
     * A page of series.
     *
     * @param items the series, in order of feed and symbol
     * @param next the cursor of the next page; null if this is the last one
     */
    record CoveragePage(List<CoverageResponse> items, @Nullable String next) {

        CoveragePage {
            items = List.copyOf(items);
        }

    }

}
