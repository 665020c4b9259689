package pregao.session.polarium;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.Direction;
import pregao.session.broker.OrderState;

/**
 * An option of the user's as the broker tells it.
 *
 * @param id the option's number
 * @param active on what
 * @param direction which way, or null where it is not told
 * @param invest the stake
 * @param openMillis when it was sold, epoch milliseconds
 * @param version the later, the higher
 * @param openQuote the strike
 * @param expiry epoch seconds, 0 where it is not told
 * @param closing how it ended, or null while it runs
 */
record Position(long id, int active, @Nullable Direction direction, BigDecimal invest, long openMillis, long version,
        BigDecimal openQuote, long expiry, @Nullable Closing closing) {

    static Position of(JsonNode message) {
        JsonNode raw = message.path("raw_event").path("binary_options_option_changed1");
        BigDecimal invest = message.path("invest").asDecimal(BigDecimal.ZERO);
        Closing closing = message.path("status").asString("").equals("closed") ? Closing.of(message, invest) : null;
        return new Position(message.path("external_id").asLong(0), message.path("active_id").asInt(0),
                direction(raw.path("direction").asString("")), invest, message.path("open_time").asLong(0),
                message.path("version").asLong(0), message.path("open_quote").asDecimal(BigDecimal.ZERO),
                raw.path("expiration_time").asLong(0), closing);
    }

    OrderState state() {
        return (this.closing == null) ? new OrderState.Running(this.id)
                : new OrderState.Settled(this.id, this.closing.result(), this.closing.profit());
    }

    private static @Nullable Direction direction(String text) {
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
    record Closing(OrderState.Result result, BigDecimal profit) {

        static Closing of(JsonNode message, BigDecimal invest) {
            BigDecimal back = message.path("close_profit").asDecimal(BigDecimal.ZERO);
            return switch (message.path("close_reason").asString("")) {
                case "win" -> new Closing(OrderState.Result.WIN, back.subtract(invest));
                case "equal" -> new Closing(OrderState.Result.EQUAL, BigDecimal.ZERO);
                case "sold" ->
                    new Closing(OrderState.Result.SOLD, message.path("sell_profit").asDecimal(back).subtract(invest));
                default -> new Closing(OrderState.Result.LOSS, invest.negate());
            };
        }

    }

}
