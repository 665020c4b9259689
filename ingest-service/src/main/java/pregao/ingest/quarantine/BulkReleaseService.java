package pregao.ingest.quarantine;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.tick.TickChange;
import pregao.ingest.candle.CandleIngestService;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;
import pregao.ingest.quarantine.BulkReleaseRequest.BulkRelease;

/**
 * Service that releases the quarantined items of an instrument and a time range, a
 * limited number for each call.
 */
@Service
class BulkReleaseService {

    private static final Logger log = LoggerFactory.getLogger(BulkReleaseService.class);

    private static final int MAX_CANDLES = 500;

    private static final int MAX_TICKS = 5_000;

    /** The time limit of a call; the remaining candles are left for the next call. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    private final BulkReleaseRepository bulkReleaseRepository;

    private final CandleIngestService candleIngestService;

    private final TickQuarantineRepository tickQuarantineRepository;

    private final TickReleaseService tickReleaseService;

    private final Clock clock;

    BulkReleaseService(BulkReleaseRepository bulkReleaseRepository, CandleIngestService candleIngestService,
            TickQuarantineRepository tickQuarantineRepository, TickReleaseService tickReleaseService, Clock clock) {
        this.bulkReleaseRepository = bulkReleaseRepository;
        this.candleIngestService = candleIngestService;
        this.tickQuarantineRepository = tickQuarantineRepository;
        this.tickReleaseService = tickReleaseService;
        this.clock = clock;
    }

    /**
     * Releases the oldest items.
     * @param release the items to release
     * @param user the user who releases them
     * @return the numbers of released and remaining items
     */
    Mono<Result> release(BulkRelease release, String user) {
        Mono<Result> candleRelease = release.hasCandles() ? releaseCandles(release, user) : Mono.just(Result.NONE);
        Mono<Result> tickRelease = release.hasTicks() ? releaseTicks(release, user) : Mono.just(Result.NONE);
        return candleRelease.flatMap((candleResult) -> tickRelease.map(candleResult::plus))
            .doOnNext((result) -> log.info("{} released {} candles and requested the release of {} ticks of {}|{}",
                    user, result.released(), result.requested(), release.feed(), release.symbol()));
    }

    private Mono<Result> releaseCandles(BulkRelease release, String user) {
        long deadline = this.clock.millis() + TIME_LIMIT.toMillis();
        return this.bulkReleaseRepository.findHeldIds(release, MAX_CANDLES)
            .flatMapMany(Flux::fromIterable)
            .takeWhile((id) -> this.clock.millis() < deadline)
            .concatMap((id) -> releaseCandle(release.feed(), id, user), 1)
            .reduce(Result.NONE, Result::plus)
            .flatMap((result) -> this.bulkReleaseRepository.countHeld(release).map(result::withRemaining));
    }

    private Mono<Result> releaseCandle(String feed, long id, String user) {
        return this.candleIngestService.release(feed, id, user)
            .map((candle) -> new Result(1, 0, 0, 0))
            .onErrorResume(IngestException.class, (problem) -> (problem.type() == ProblemType.NOT_YET)
                    ? Mono.just(new Result(0, 0, 1, 0)) : Mono.error(problem));
    }

    private Mono<Result> releaseTicks(BulkRelease release, String user) {
        TickChange change = new TickChange(TickChange.Kind.RELEASE, user);
        return this.tickQuarantineRepository.countHeld(release.feed(), release.symbol(), release.from(), release.to())
            .flatMap((count) -> this.tickQuarantineRepository
                .findHeld(release.feed(), release.symbol(), release.from(), release.to(), MAX_TICKS)
                .flatMap((ticks) -> publish(ticks, change)
                    .thenReturn(new Result(0, ticks.size(), 0, Math.max(0, count - ticks.size())))));
    }

    private Mono<Void> publish(List<QuarantinedTick> ticks, TickChange change) {
        return this.tickReleaseService.publish(ticks, change);
    }

    /**
     * Result of a bulk release.
     *
     * @param released the number of stored candles
     * @param requested the number of ticks whose release is requested
     * @param notYet the number of candles that have not ended
     * @param remaining the number of items left for another call
     */
    record Result(long released, long requested, long notYet, long remaining) {

        static final Result NONE = new Result(0, 0, 0, 0);

        Result plus(Result other) {
            return new Result(this.released + other.released, this.requested + other.requested,
                    this.notYet + other.notYet, this.remaining + other.remaining);
        }

        Result withRemaining(long count) {
            return new Result(this.released, this.requested, this.notYet, count);
        }

    }

}
