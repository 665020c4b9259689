package pregao.strategy.evidence;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.strategy.signal.NameBasedUuid;

/**
 * Explains differences between paper trades and backtest trades. Each explanation needs a
 * few database queries, so callers ask only for the differences that they list.
 */
final class DifferenceExplainer {

    private static final long MINUTE_MILLIS = 60_000;

    private static final String SELECT_REJECTION = """
            select reason, message from strategy.order_
            where id = :id and state in ('refused', 'cancelled', 'rejected', 'not_sent', 'absent')""";

    private static final String SELECT_DECISION = """
            select side from strategy.decision where bot = :bot and at = :at and feed = :feed and symbol = :symbol""";

    private final JdbcClient database;

    private final CandleRevisionRepository revisionRepository;

    private final UUID botId;

    private final Timeframe timeframe;

    private final Map<Instrument, Long> startTimes;

    private final Map<Instrument, Long> endTimes;

    private final Map<Instrument, List<ComparedTrade>> paperTrades;

    private final Map<Instrument, List<ComparedTrade>> backtestTrades;

    DifferenceExplainer(JdbcClient database, CandleRevisionRepository revisionRepository, UUID botId,
            Timeframe timeframe, Map<Instrument, Long> startTimes, Map<Instrument, Long> endTimes,
            List<ComparedTrade> paperTrades, List<ComparedTrade> backtestTrades) {
        this.database = database;
        this.revisionRepository = revisionRepository;
        this.botId = botId;
        this.timeframe = timeframe;
        this.startTimes = Map.copyOf(startTimes);
        this.endTimes = Map.copyOf(endTimes);
        this.paperTrades = paperTrades.stream().collect(Collectors.groupingBy(ComparedTrade::instrument));
        this.backtestTrades = backtestTrades.stream().collect(Collectors.groupingBy(ComparedTrade::instrument));
    }

    /** Explains why a trade of the backtest was not made on paper. */
    DifferenceReason explainOnlyBacktest(ComparedTrade trade) {
        String leg = (trade.side().equals("call") || trade.side().equals("put")) ? "entry" + trade.level() : "open";
        Optional<DifferenceReason> rejection = this.database.sql(SELECT_REJECTION)
            .param("id", NameBasedUuid.of(this.botId, trade.instrument(), trade.decidedAt(), leg))
            .query((row, rowNumber) -> DifferenceReason.ofRejectedOrder(row.getString(1), row.getString(2)))
            .optional();
        if (rejection.isPresent()) {
            return rejection.get();
        }
        if (hasOpenTrade(this.paperTrades, trade)) {
            return DifferenceReason.Cause.FOLLOWS.toReason();
        }
        if (followsDifferentEntry(this.backtestTrades, this.paperTrades, trade)) {
            return DifferenceReason.ofDifferentEntry();
        }
        String decision = findDecision(trade);
        return (decision == null) ? DifferenceReason.Cause.NOT_SEEN.toReason()
                : explainRevision(trade, trade.decidedAt());
    }

    /** Explains why a trade on paper is not in the backtest. */
    DifferenceReason explainOnlyPaper(ComparedTrade trade) {
        if (hasOpenTrade(this.backtestTrades, trade)) {
            return DifferenceReason.Cause.FOLLOWS.toReason();
        }
        if (followsDifferentEntry(this.paperTrades, this.backtestTrades, trade)) {
            return DifferenceReason.ofDifferentEntry();
        }
        Instant openMinute = Instant.ofEpochMilli(Math.floorDiv(trade.openedAt(), MINUTE_MILLIS) * MINUTE_MILLIS);
        if (openMinute.toEpochMilli() >= this.endTimes.getOrDefault(trade.instrument(), Long.MAX_VALUE)) {
            return DifferenceReason.Cause.RUNNING.toReason();
        }
        return this.revisionRepository.hasMinute(trade.instrument(), openMinute)
                ? explainRevision(trade, trade.openedAt()) : DifferenceReason.Cause.GAP.toReason();
    }

    /** Explains why two trades differ although they opened in the same minute. */
    DifferenceReason explainDifference(MatchedTrade match) {
        if (match.paper().isClosedByDataEnd()) {
            return DifferenceReason.Cause.STOPPED.toReason();
        }
        if (match.paper().reason().equals("by_hand")) {
            return DifferenceReason.Cause.BY_HAND.toReason();
        }
        Optional<CandleRevision> revision = this.revisionRepository.findLast(match.paper().instrument(), this.timeframe,
                Instant.ofEpochMilli(match.backtest().openedAt()),
                Instant.ofEpochMilli(Math.max(endTime(match.paper()), endTime(match.backtest())) + MINUTE_MILLIS));
        if (revision.isPresent()) {
            return DifferenceReason.ofRevision(revision.get());
        }
        return match.isSameEntry() ? DifferenceReason.Cause.WITHIN_MINUTE.toReason()
                : DifferenceReason.Cause.UNKNOWN.toReason();
    }

    private static long endTime(ComparedTrade trade) {
        Long closeTime = trade.closedAt();
        return (closeTime != null) ? closeTime : trade.openedAt();
    }

    private static boolean hasOpenTrade(Map<Instrument, List<ComparedTrade>> otherTrades, ComparedTrade trade) {
        return otherTrades.getOrDefault(trade.instrument(), List.of())
            .stream()
            .anyMatch((candidate) -> candidate.isOpenAt(trade.openedAt()));
    }

    /**
     * Returns whether the previous entry of the cycle is missing on the other side, or
     * has a different result there.
     */
    private static boolean followsDifferentEntry(Map<Instrument, List<ComparedTrade>> ownTrades,
            Map<Instrument, List<ComparedTrade>> otherTrades, ComparedTrade trade) {
        if (trade.level() == 0) {
            return false;
        }
        Optional<ComparedTrade> previousEntry = ownTrades.getOrDefault(trade.instrument(), List.of())
            .stream()
            .filter((candidate) -> candidate.level() == trade.level() - 1 && candidate.openedAt() < trade.openedAt())
            .max(Comparator.comparingLong(ComparedTrade::openedAt));
        return previousEntry.isEmpty() || otherTrades.getOrDefault(trade.instrument(), List.of())
            .stream()
            .noneMatch((candidate) -> new MatchedTrade(candidate, previousEntry.get()).isSame()
                    && candidate.matchKey().equals(previousEntry.get().matchKey())
                    && candidate.profit().signum() == previousEntry.get().profit().signum());
    }

    private @Nullable String findDecision(ComparedTrade trade) {
        return this.database.sql(SELECT_DECISION)
            .param("bot", this.botId)
            .param("at", Instant.ofEpochMilli(trade.decidedAt()).atOffset(ZoneOffset.UTC))
            .param("feed", trade.instrument().feed())
            .param("symbol", trade.instrument().symbol())
            .query(String.class)
            .optional()
            .orElse(null);
    }

    private DifferenceReason explainRevision(ComparedTrade trade, long endMillis) {
        return findRevision(trade.instrument(), endMillis).map(DifferenceReason::ofRevision)
            .orElseGet(DifferenceReason.Cause.UNKNOWN::toReason);
    }

    private Optional<CandleRevision> findRevision(Instrument instrument, long endMillis) {
        Instant start = Instant.ofEpochMilli(this.startTimes.getOrDefault(instrument, 0L));
        return this.revisionRepository.findLast(instrument, this.timeframe, start, Instant.ofEpochMilli(endMillis));
    }

}
