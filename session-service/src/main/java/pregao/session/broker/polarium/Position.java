package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Direction;

/**
 * An option of the user's as the broker tells it.
 *
 * @param id the option's number
 * @param orderIds the numbers of the orders that made it
 * @param active on what
 * @param direction which way, or null where it is not told
 * @param invest the stake
 * @param openMillis when it was sold, epoch milliseconds
 * @param version the later, the higher
 * @param openQuote the strike
 * @param expiry epoch seconds, 0 where it is not told
 * @param closed whether it has ended
 * @param closing how it ended, or null while that is not known
 */
record Position(long id, List<Long> orderIds, int active, @Nullable Direction direction, BigDecimal invest,
        long openMillis, long version, BigDecimal openQuote, long expiry, boolean closed,
        @Nullable ClosedResult closing) {

    Position {
        orderIds = List.copyOf(orderIds);
    }

    static Position of(JsonNode message) {
        JsonNode rawEvent = message.path("raw_event").path("binary_options_option_changed1");
        BigDecimal invest = message.path("invest").asDecimal(BigDecimal.ZERO);
        boolean closed = message.path("status").asString("").equals("closed");
        List<Long> orderIds = new ArrayList<>();
        rawEvent.path("order_ids").forEach((id) -> orderIds.add(id.asLong(0)));
        return new Position(message.path("external_id").asLong(0), orderIds, message.path("active_id").asInt(0),
                parseDirection(rawEvent.path("direction").asString("")), invest, message.path("open_time").asLong(0),
                message.path("version").asLong(0), message.path("open_quote").asDecimal(BigDecimal.ZERO),
                rawEvent.path("expiration_time").asLong(0), closed, closed ? ClosedResult.of(message, invest) : null);
    }

    /**
     * What is known of it: nothing for certain where it has ended and the broker has not
     * said what it brought.
     * @param number under which it is known
     * @return as told
     */
    BrokerOrderState toOrderState(long number) {
        if (this.closing != null) {
            return new BrokerOrderState.Settled(number, this.closing.result(), this.closing.profit());
        }
        return this.closed ? new BrokerOrderState.Unknown() : new BrokerOrderState.Running(number);
    }

    /**
     * Whether a number is its own: that of an order that made it, or the option's.
     * @param number such as the reply to an order tells
     * @return true if it is
     */
    boolean hasNumber(long number) {
        return this.orderIds.contains(number) || this.id == number;
    }

    private static @Nullable Direction parseDirection(String text) {
        return switch (text) {
            case "call" -> Direction.CALL;
            case "put" -> Direction.PUT;
            default -> null;
        };
    }

    /**
     * How an option ended.
     *
     * @param result in a word
     * @param profit what it brought
     */
    record ClosedResult(BrokerOrderState.Result result, BigDecimal profit) {

        /**
         * Reads an end. What it brought is in the broker's numbers; its reason is a
         * label, of which the broker has more than are known here.
         * @param message of a closed position
         * @param invest the stake
         * @return null where neither the numbers nor the reason say what it brought
         */
        static @Nullable ClosedResult of(JsonNode message, BigDecimal invest) {
            String reason = message.path("close_reason").asString("");
            BigDecimal profit = parseProfit(message, reason, invest);
            return (profit == null) ? null : new ClosedResult(switch (reason) {
                case "win" -> BrokerOrderState.Result.WIN;
                case "loose" -> BrokerOrderState.Result.LOSS;
                case "equal" -> BrokerOrderState.Result.EQUAL;
                case "sold" -> BrokerOrderState.Result.SOLD;
                default -> toResult(profit);
            }, profit);
        }

        private static @Nullable BigDecimal parseProfit(JsonNode message, String reason, BigDecimal invest) {
            for (String field : List.of("pnl_realized", "pnl")) {
                if (message.path(field).isNumber()) {
                    return message.path(field).decimalValue();
                }
            }
            List<String> payoutFields = reason.equals("sold") ? List.of("close_profit", "sell_profit")
                    : List.of("close_profit");
            for (String field : payoutFields) {
                if (message.path(field).isNumber()) {
                    return message.path(field).decimalValue().subtract(invest);
                }
            }
            return switch (reason) {
                case "loose" -> invest.negate();
                case "equal" -> BigDecimal.ZERO;
                default -> null;
            };
        }

        private static BrokerOrderState.Result toResult(BigDecimal profit) {
            return switch (profit.signum()) {
                case 1 -> BrokerOrderState.Result.WIN;
                case -1 -> BrokerOrderState.Result.LOSS;
                default -> BrokerOrderState.Result.EQUAL;
            };
        }

    }

}
