package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.json.ExactJson;

/**
 * A trade on paper or in a backtest, with the values that both have. Times are epoch
 * milliseconds.
 *
 * @param instrument the instrument
 * @param side the side, as in the ledger
 * @param level the entry of a cycle, 0 for the first
 * @param decidedAt the close that led to the trade
 * @param openedAt the open time
 * @param closedAt the close time; null if the trade is open
 * @param entry the entry price
 * @param exit the exit price
 * @param fees the fees of all fills
 * @param profit the profit after fees
 * @param reason the reason of the close; empty if the trade is open
 * @param ambiguous whether stop and take profit were both reached in an unknown order
 */
record ComparedTrade(Instrument instrument, String side, int level, long decidedAt, long openedAt,
        @Nullable Long closedAt, @Nullable BigDecimal entry, @Nullable BigDecimal exit, BigDecimal fees,
        BigDecimal profit, String reason, boolean ambiguous) {

    private static final long MINUTE_MILLIS = 60_000;

    /** Returns this trade as it stood at a time. */
    ComparedTrade asOf(long time) {
        boolean isOpen = this.closedAt == null || this.closedAt > time;
        return isOpen ? new ComparedTrade(this.instrument, this.side, this.level, this.decidedAt, this.openedAt, null,
                this.entry, null, BigDecimal.ZERO, BigDecimal.ZERO, "", false) : this;
    }

    boolean isClosed() {
        return this.closedAt != null;
    }

    /**
     * Returns whether the trade was closed only because the candles of the backtest end.
     */
    boolean isClosedByDataEnd() {
        return this.reason.equals("end");
    }

    /** Returns whether the trade profits from a rising price. */
    boolean isLong() {
        return this.side.equals("buy") || this.side.equals("call");
    }

    /**
     * Returns the key by which trades are matched: the instrument and the minute of the
     * open.
     */
    String matchKey() {
        return "%s %d".formatted(this.instrument.key(), Math.floorDiv(this.openedAt, MINUTE_MILLIS));
    }

    /**
     * Returns whether the trade was open at a time. The open time itself does not count.
     */
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
