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
import pregao.indicators.query.UnknownInstrument;
import pregao.indicators.query.CoverageQuery;
import pregao.indicators.query.InstrumentCursor;
import pregao.market.quality.ArrivalClock;
import pregao.market.quality.ClockEvidence;
import pregao.market.quality.Coverage;
import pregao.market.quality.GapSearch;
import pregao.market.quality.WeekendClock;

/**
 * Answers a query with one connection at a time, one instrument after the other. Only a
 * few callers are answered at once, so that connections are left for others.
 */
@Component
class CoverageReader {

    private static final int MAX_READS = 3;

    private static final int MAX_WAITING = 64;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final SeriesTable series;

    private final CandleTimes candles;

    private final StoredTicks ticks;

    private final StoredRefusals refusals;

    private final StoredSenderFaults faults;

    private final StoredWeekends weekends;

    private final StoredWeekendHours weekendHours;

    private final InstantSource clock;

    private final ReactivePermits permits = new ReactivePermits(MAX_READS, MAX_WAITING, MAX_WAIT);

    CoverageReader(SeriesTable series, CandleTimes candles, StoredTicks ticks, StoredRefusals refusals,
            StoredSenderFaults faults, StoredWeekends weekends, StoredWeekendHours weekendHours, InstantSource clock) {
        this.series = series;
        this.candles = candles;
        this.ticks = ticks;
        this.refusals = refusals;
        this.faults = faults;
        this.weekends = weekends;
        this.weekendHours = weekendHours;
        this.clock = clock;
    }

    Mono<Page> read(CoverageQuery query) {
        return this.permits.hold(1, Mono.defer(() -> page(query)));
    }

    private Mono<Page> page(CoverageQuery query) {
        Instant now = this.clock.instant();
        int page = query.page(now);
        return this.series.page(query.timeframe(), query.feed(), query.symbol(), query.after(), page + 1)
            .flatMap((found) -> known(query, found))
            .flatMap((found) -> Flux.fromIterable(found.subList(0, Math.min(page, found.size())))
                .concatMap((each) -> this.weekendHours.learn(each, query.from(each.end(now)), now))
                .concatMap((each) -> appraise(query, each, now))
                .collectList()
                .map((items) -> new Page(items, next(found, page))));
    }

    private static Mono<List<KnownSeries>> known(CoverageQuery query, List<KnownSeries> found) {
        String feed = query.feed();
        String symbol = query.symbol();
        return (found.isEmpty() && feed != null && symbol != null)
                ? Mono.error(() -> UnknownInstrument.of(feed, symbol)) : Mono.just(found);
    }

    /** One query after the other: zipped, each would take a connection. */
    private Mono<InstrumentCoverage> appraise(CoverageQuery query, KnownSeries each, Instant now) {
        Instant end = each.end(now);
        Instant from = query.from(end);
        Instant to = query.to(end);
        return gaps(each, from, to).flatMap((gaps) -> this.ticks.sample(each.instrument(), from, to)
            .flatMap((sample) -> this.refusals.of(each, from, to)
                .flatMap((refusals) -> this.faults.of(each, from, to)
                    .flatMap((faults) -> evidence(each, now).map((evidence) -> new Appraisal(each, now, from, to, gaps,
                            sample, refusals, faults, evidence.orElse(null))
                        .coverage())))));
    }

    private Mono<Coverage> gaps(KnownSeries each, Instant from, Instant to) {
        return this.candles.between(each.instrument(), each.timeframe(), from, to)
            .map((times) -> each.search(from, to, GapSearch.SHORTEST, times));
    }

    /** Weekends say more; the ticks of a replay arrive when it is played. */
    private Mono<Optional<ClockEvidence>> evidence(KnownSeries each, Instant now) {
        Mono<Optional<ClockEvidence>> weekends = this.weekends.before(each.instrument(), each.lastEnd())
            .map((edges) -> WeekendClock.infer(each.clock(), edges));
        return each.eventTime() ? weekends
                : weekends.flatMap((found) -> found.isPresent() ? Mono.just(found) : arrivals(each, now));
    }

    /** Where there are no live ticks, candles of a terminal say it, too. */
    private Mono<Optional<ClockEvidence>> arrivals(KnownSeries each, Instant now) {
        return this.ticks.delays(each.instrument(), now)
            .map((delays) -> ArrivalClock.infer(each.clock(), each.calendar(), now.toEpochMilli(), delays))
            .flatMap((found) -> found.isPresent() ? Mono.just(found)
                    : this.faults.delays(each.instrument(), now)
                        .map((delays) -> ArrivalClock.inferFromCandles(each.clock(), each.calendar(),
                                now.toEpochMilli(), delays)));
    }

    private static @Nullable String next(List<KnownSeries> found, int page) {
        return (found.size() > page) ? new InstrumentCursor(found.get(page - 1).instrument()).text() : null;
    }

    /**
     * Some instruments.
     *
     * @param items by feed and symbol
     * @param next where the next page begins; null where this is the last
     */
    record Page(List<InstrumentCoverage> items, @Nullable String next) {

        Page {
            items = List.copyOf(items);
        }

    }

}
