package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Direction;

/**
 * Option of the user as the broker reports it.
 *
 * @param id the id of the option
 * @param orderIds the ids of the orders that opened it
 * @param active the active id of the instrument
 * @param direction the direction, or null if it isn't reported
 * @param invest the stake
 * @param openMillis the time of the sale in epoch milliseconds
 * @param version the version, which increases with each update
 * @param openQuote the strike
 * @param expiry the expiry in epoch seconds, or 0 if it isn't reported
 * @param closed whether the option has ended
 * @param closing the result, or null while it isn't known
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
     * Returns the state of the option. The state is unknown if the option has ended and
     * the broker hasn't reported its profit.
     * @param number the number by which the option is known
     * @return the state
     */
    BrokerOrderState toOrderState(long number) {
        if (this.closing != null) {
            return new BrokerOrderState.Settled(number, this.closing.result(), this.closing.profit());
        }
        return this.closed ? new BrokerOrderState.Unknown() : new BrokerOrderState.Running(number);
    }

    /**
     * Returns whether a number identifies this option: the id of one of its orders, or
     * its own.
     * @param number the number, for example from the reply to an order
     * @return true if the number identifies this option
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
     * Result of an option.
     *
     * @param result the kind of result
     * @param profit the profit, negative for a loss
     */
    record ClosedResult(BrokerOrderState.Result result, BigDecimal profit) {

        /**
         * Parses a result. The profit comes from the numbers in the message. The close
         * reason is only a label, and the broker has more labels than are known here.
         * @param message the message of a closed position
         * @param invest the stake
         * @return the result, or null if neither the numbers nor the reason determine the
         * profit
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
