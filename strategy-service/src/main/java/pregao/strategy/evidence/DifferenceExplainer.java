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
 * Looks for why trades on paper and those of a backtest differ. Each look costs the
 * database a few rows, so only what is told is looked for.
 */
final class DifferenceExplainer {

    private static final long MINUTE = 60_000;

    private static final String ORDER = """
            select reason, message from strategy.order_
            where id = :id and state in ('refused', 'cancelled', 'rejected', 'not_sent', 'absent')""";

    private static final String SIDE = """
            select side from strategy.decision where bot = :bot and at = :at and feed = :feed and symbol = :symbol""";

    private final JdbcClient database;

    private final CandleRevisionRepository revisions;

    private final UUID bot;

    private final Timeframe timeframe;

    private final Map<Instrument, Long> begins;

    private final Map<Instrument, Long> ends;

    private final Map<Instrument, List<ComparedTrade>> paper;

    private final Map<Instrument, List<ComparedTrade>> backtest;

    DifferenceExplainer(JdbcClient database, CandleRevisionRepository revisions, UUID bot, Timeframe timeframe,
            Map<Instrument, Long> begins, Map<Instrument, Long> ends, List<ComparedTrade> paper,
            List<ComparedTrade> backtest) {
        this.database = database;
        this.revisions = revisions;
        this.bot = bot;
        this.timeframe = timeframe;
        this.begins = Map.copyOf(begins);
        this.ends = Map.copyOf(ends);
        this.paper = paper.stream().collect(Collectors.groupingBy(ComparedTrade::instrument));
        this.backtest = backtest.stream().collect(Collectors.groupingBy(ComparedTrade::instrument));
    }

    /** Why what the backtest traded was not traded on paper. */
    DifferenceReason notTraded(ComparedTrade deal) {
        String leg = (deal.side().equals("call") || deal.side().equals("put")) ? "entry" + deal.level() : "open";
        Optional<DifferenceReason> refused = this.database.sql(ORDER)
            .param("id", NameBasedUuid.of(this.bot, deal.instrument(), deal.decidedAt(), leg))
            .query((row, number) -> DifferenceReason.refused(row.getString(1), row.getString(2)))
            .optional();
        if (refused.isPresent()) {
            return refused.get();
        }
        if (spanned(this.paper, deal)) {
            return DifferenceReason.Cause.FOLLOWS.why();
        }
        if (isGaleOfAnother(this.backtest, this.paper, deal)) {
            return DifferenceReason.followsEntry();
        }
        String side = decided(deal);
        return (side == null) ? DifferenceReason.Cause.NOT_SEEN.why() : revisedBefore(deal, deal.decidedAt());
    }

    /** Why what was traded on paper is not in the backtest. */
    DifferenceReason notInBacktest(ComparedTrade deal) {
        if (spanned(this.backtest, deal)) {
            return DifferenceReason.Cause.FOLLOWS.why();
        }
        if (isGaleOfAnother(this.paper, this.backtest, deal)) {
            return DifferenceReason.followsEntry();
        }
        Instant minute = Instant.ofEpochMilli(Math.floorDiv(deal.openedAt(), MINUTE) * MINUTE);
        if (minute.toEpochMilli() >= this.ends.getOrDefault(deal.instrument(), Long.MAX_VALUE)) {
            return DifferenceReason.Cause.RUNNING.why();
        }
        return this.revisions.hasMinute(deal.instrument(), minute) ? revisedBefore(deal, deal.openedAt())
                : DifferenceReason.Cause.GAP.why();
    }

    /** Why both began in the same minute and are not the same. */
    DifferenceReason differs(MatchedTrade pair) {
        if (pair.paper().isCutOff()) {
            return DifferenceReason.Cause.STOPPED.why();
        }
        if (pair.paper().reason().equals("by_hand")) {
            return DifferenceReason.Cause.BY_HAND.why();
        }
        Optional<CandleRevision> revised = this.revisions.last(pair.paper().instrument(), this.timeframe,
                Instant.ofEpochMilli(pair.backtest().openedAt()),
                Instant.ofEpochMilli(Math.max(end(pair.paper()), end(pair.backtest())) + MINUTE));
        if (revised.isPresent()) {
            return DifferenceReason.revised(revised.get());
        }
        return pair.isSameWay() ? DifferenceReason.Cause.WITHIN_MINUTE.why() : DifferenceReason.Cause.UNKNOWN.why();
    }

    private static long end(ComparedTrade deal) {
        Long end = deal.closedAt();
        return (end != null) ? end : deal.openedAt();
    }

    private static boolean spanned(Map<Instrument, List<ComparedTrade>> others, ComparedTrade deal) {
        return others.getOrDefault(deal.instrument(), List.of())
            .stream()
            .anyMatch((other) -> other.spans(deal.openedAt()));
    }

    /** Whether the entry before a gale is not on the other side as it is on its own. */
    private static boolean isGaleOfAnother(Map<Instrument, List<ComparedTrade>> own,
            Map<Instrument, List<ComparedTrade>> others, ComparedTrade deal) {
        if (deal.level() == 0) {
            return false;
        }
        Optional<ComparedTrade> before = own.getOrDefault(deal.instrument(), List.of())
            .stream()
            .filter((other) -> other.level() == deal.level() - 1 && other.openedAt() < deal.openedAt())
            .max(Comparator.comparingLong(ComparedTrade::openedAt));
        return before.isEmpty() || others.getOrDefault(deal.instrument(), List.of())
            .stream()
            .noneMatch((other) -> new MatchedTrade(other, before.get()).isSame()
                    && other.place().equals(before.get().place())
                    && other.profit().signum() == before.get().profit().signum());
    }

    private @Nullable String decided(ComparedTrade deal) {
        return this.database.sql(SIDE)
            .param("bot", this.bot)
            .param("at", Instant.ofEpochMilli(deal.decidedAt()).atOffset(ZoneOffset.UTC))
            .param("feed", deal.instrument().feed())
            .param("symbol", deal.instrument().symbol())
            .query(String.class)
            .optional()
            .orElse(null);
    }

    private DifferenceReason revisedBefore(ComparedTrade deal, long moment) {
        return revised(deal.instrument(), moment).map(DifferenceReason::revised)
            .orElseGet(DifferenceReason.Cause.UNKNOWN::why);
    }

    private Optional<CandleRevision> revised(Instrument instrument, long before) {
        Instant begin = Instant.ofEpochMilli(this.begins.getOrDefault(instrument, 0L));
        return this.revisions.last(instrument, this.timeframe, begin, Instant.ofEpochMilli(before));
    }

}
