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
 * Answers a query with one connection at a time, one instrument after the other. Only a
 * few callers are answered at once, so that connections are left for others.
 */
@Component
class CoverageService {

    private static final int MAX_READS = 3;

    private static final int MAX_WAITING = 64;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final SeriesRepository series;

    private final OpenTimeRepository candles;

    private final TickStatisticsRepository ticks;

    private final RejectionCountRepository refusals;

    private final SenderDiagnosticsRepository faults;

    private final WeekendBoundaryRepository weekends;

    private final WeekendHoursRepository weekendHours;

    private final InstantSource clock;

    private final ReactivePermits permits = new ReactivePermits(MAX_READS, MAX_WAITING, MAX_WAIT);

    CoverageService(SeriesRepository series, OpenTimeRepository candles, TickStatisticsRepository ticks,
            RejectionCountRepository refusals, SenderDiagnosticsRepository faults, WeekendBoundaryRepository weekends,
            WeekendHoursRepository weekendHours, InstantSource clock) {
        this.series = series;
        this.candles = candles;
        this.ticks = ticks;
        this.refusals = refusals;
        this.faults = faults;
        this.weekends = weekends;
        this.weekendHours = weekendHours;
        this.clock = clock;
    }

    Mono<CoveragePage> read(CoverageQuery query) {
        return this.permits.hold(1, Mono.defer(() -> page(query)));
    }

    private Mono<CoveragePage> page(CoverageQuery query) {
        Instant now = this.clock.instant();
        int page = query.page(now);
        return this.series.page(query.timeframe(), query.feed(), query.symbol(), query.after(), page + 1)
            .flatMap((found) -> known(query, found))
            .flatMap((found) -> Flux.fromIterable(found.subList(0, Math.min(page, found.size())))
                .concatMap((seriesInfo) -> this.weekendHours.learn(seriesInfo, query.from(seriesInfo.end(now)), now))
                .concatMap((each) -> appraise(query, each, now))
                .collectList()
                .map((items) -> new CoveragePage(items, next(found, page))));
    }

    private static Mono<List<SeriesInfo>> known(CoverageQuery query, List<SeriesInfo> found) {
        String feed = query.feed();
        String symbol = query.symbol();
        return (found.isEmpty() && feed != null && symbol != null)
                ? Mono.error(() -> UnknownInstrumentException.of(feed, symbol)) : Mono.just(found);
    }

    /** One query after the other: zipped, each would take a connection. */
    private Mono<CoverageResponse> appraise(CoverageQuery query, SeriesInfo seriesInfo, Instant now) {
        Instant end = seriesInfo.end(now);
        Instant from = query.from(end);
        Instant to = query.to(end);
        return gaps(seriesInfo, from, to).flatMap((gaps) -> this.ticks.sample(seriesInfo.instrument(), from, to)
            .flatMap((sample) -> this.refusals.of(seriesInfo, from, to)
                .flatMap((refusals) -> this.faults.of(seriesInfo, from, to)
                    .flatMap((faults) -> evidence(seriesInfo, now).map((evidence) -> new CoverageAssembler(seriesInfo,
                            now, from, to, gaps, sample, refusals, faults, evidence.orElse(null))
                        .coverage())))));
    }

    private Mono<Coverage> gaps(SeriesInfo seriesInfo, Instant from, Instant to) {
        return this.candles.between(seriesInfo.instrument(), seriesInfo.timeframe(), from, to)
            .map((times) -> seriesInfo.search(from, to, GapDetector.SHORTEST, times));
    }

    /** Weekends say more; the ticks of a replay arrive when it is played. */
    private Mono<Optional<TimeZoneEvidence>> evidence(SeriesInfo seriesInfo, Instant now) {
        Mono<Optional<TimeZoneEvidence>> weekends = this.weekends.before(seriesInfo.instrument(), seriesInfo.lastEnd())
            .map((edges) -> WeekendTimeZoneEstimator.infer(seriesInfo.clock(), edges));
        return seriesInfo.eventTime() ? weekends
                : weekends.flatMap((found) -> found.isPresent() ? Mono.just(found) : arrivals(seriesInfo, now));
    }

    /** Where there are no live ticks, candles of a terminal say it, too. */
    private Mono<Optional<TimeZoneEvidence>> arrivals(SeriesInfo seriesInfo, Instant now) {
        return this.ticks.delays(seriesInfo.instrument(), now)
            .map((delays) -> ArrivalTimeZoneEstimator.infer(seriesInfo.clock(), seriesInfo.calendar(),
                    now.toEpochMilli(), delays))
            .flatMap((found) -> found.isPresent() ? Mono.just(found)
                    : this.faults.delays(seriesInfo.instrument(), now)
                        .map((delays) -> ArrivalTimeZoneEstimator.inferFromCandles(seriesInfo.clock(),
                                seriesInfo.calendar(), now.toEpochMilli(), delays)));
    }

    private static @Nullable String next(List<SeriesInfo> found, int page) {
        return (found.size() > page) ? new InstrumentCursor(found.get(page - 1).instrument()).text() : null;
    }

    /**
     * Some instruments.
     *
     * @param items by feed and symbol
     * @param next where the next page begins; null where this is the last
     */
    record CoveragePage(List<CoverageResponse> items, @Nullable String next) {

        CoveragePage {
            items = List.copyOf(items);
        }

    }

}
