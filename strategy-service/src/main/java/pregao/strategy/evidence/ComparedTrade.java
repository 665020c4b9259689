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

    private static final long MINUTE = 60_000;

    /** The same, as it stood at a moment. */
    ComparedTrade at(long moment) {
        boolean open = this.closedAt == null || this.closedAt > moment;
        return open ? new ComparedTrade(this.instrument, this.side, this.level, this.decidedAt, this.openedAt, null,
                this.entry, null, BigDecimal.ZERO, BigDecimal.ZERO, "", false) : this;
    }

    boolean isOver() {
        return this.closedAt != null;
    }

    /** Whether it was sold only because the candles of a backtest were at their end. */
    boolean isCutOff() {
        return this.reason.equals("end");
    }

    /** Whether it gains as the price rises. */
    boolean isUp() {
        return this.side.equals("buy") || this.side.equals("call");
    }

    /** What it has in common with its other one. */
    String place() {
        return "%s %d".formatted(this.instrument.key(), Math.floorDiv(this.openedAt, MINUTE));
    }

    /** Whether it ran at a moment, its begin not included. */
    boolean spans(long moment) {
        return this.openedAt < moment && (this.closedAt == null || this.closedAt >= moment);
    }

    boolean endsWith(ComparedTrade other) {
        Long end = this.closedAt;
        Long otherEnd = other.closedAt;
        return (end == null || otherEnd == null) ? end == null && otherEnd == null
                : Math.floorDiv(end, MINUTE) == Math.floorDiv(otherEnd, MINUTE);
    }

    ObjectNode json() {
        ObjectNode node = ExactJson.object().put("side", this.side).put("level", this.level);
        node.put("opened_at", Instant.ofEpochMilli(this.openedAt).toString());
        node.put("closed_at", (this.closedAt != null) ? Instant.ofEpochMilli(this.closedAt).toString() : null);
        node.put("entry", plain(this.entry)).put("exit", plain(this.exit));
        return node.put("profit", ExactJson.plain(this.profit)).put("reason", this.reason);
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal price) {
        return (price != null) ? ExactJson.plain(price) : null;
    }

}
