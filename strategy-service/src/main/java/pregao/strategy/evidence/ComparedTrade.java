package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.json.ExactJson;

/**
 * A trade, of paper or of a backtest, with what both of them know.
 *
 * @param instrument of what
 * @param side which way, as in the ledger
 * @param level which entry of a cycle, the first is 0
 * @param decidedAt the close that led to it, epoch milliseconds
 * @param openedAt when it began, epoch milliseconds
 * @param closedAt when it ended, epoch milliseconds; null where it is not over
 * @param entry the price at its begin
 * @param exit the price at its end
 * @param fees of all fills
 * @param profit after fees
 * @param reason why it ended; empty where it is not over
 * @param ambiguous whether stop and take were both reached and nobody knows which first
 */
record ComparedTrade(Instrument instrument, String side, int level, long decidedAt, long openedAt,
        @Nullable Long closedAt, @Nullable BigDecimal entry, @Nullable BigDecimal exit, BigDecimal fees,
        BigDecimal profit, String reason, boolean ambiguous) {

    private static final long MINUTE_MILLIS = 60_000;

    /** The same, as it stood at a moment. */
    ComparedTrade asOf(long time) {
        boolean isOpen = this.closedAt == null || this.closedAt > time;
        return isOpen ? new ComparedTrade(this.instrument, this.side, this.level, this.decidedAt, this.openedAt, null,
                this.entry, null, BigDecimal.ZERO, BigDecimal.ZERO, "", false) : this;
    }

    boolean isClosed() {
        return this.closedAt != null;
    }

    /** Whether it was sold only because the candles of a backtest were at their end. */
    boolean isClosedByDataEnd() {
        return this.reason.equals("end");
    }

    /** Whether it gains as the price rises. */
    boolean isLong() {
        return this.side.equals("buy") || this.side.equals("call");
    }

    /** What it has in common with its other one. */
    String matchKey() {
        return "%s %d".formatted(this.instrument.key(), Math.floorDiv(this.openedAt, MINUTE_MILLIS));
    }

    /** Whether it ran at a moment, its begin not included. */
    boolean isOpenAt(long time) {
        return this.openedAt < time && (this.closedAt == null || this.closedAt >= time);
    }

    boolean closesInSameMinute(ComparedTrade other) {
        Long closeTime = this.closedAt;
        Long otherCloseTime = other.closedAt;
        return (closeTime == null || otherCloseTime == null) ? closeTime == null && otherCloseTime == null
                : Math.floorDiv(closeTime, MINUTE_MILLIS) == Math.floorDiv(otherCloseTime, MINUTE_MILLIS);
    }

    ObjectNode toJson() {
        ObjectNode node = ExactJson.createObject().put("side", this.side).put("level", this.level);
        node.put("opened_at", Instant.ofEpochMilli(this.openedAt).toString());
        node.put("closed_at", (this.closedAt != null) ? Instant.ofEpochMilli(this.closedAt).toString() : null);
        node.put("entry", normalize(this.entry)).put("exit", normalize(this.exit));
        return node.put("profit", ExactJson.normalize(this.profit)).put("reason", this.reason);
    }

    private static @Nullable BigDecimal normalize(@Nullable BigDecimal price) {
        return (price != null) ? ExactJson.normalize(price) : null;
    }

}
