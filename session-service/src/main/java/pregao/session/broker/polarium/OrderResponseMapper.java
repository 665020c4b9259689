package pregao.session.broker.polarium;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.PlaceOrderResult;

/**
 * What the broker's words about an order mean.
 */
final class OrderResponseMapper {

    private static final int PAYOUT_CHANGED = 4117;

    private static final int SUSPENDED = 4119;

    private static final int NOT_VALID = 4220;

    private static final int BAD_BODY = 4008;

    private OrderResponseMapper() {
    }

    /**
     * A refusal.
     * @param status the broker's number
     * @param text its words
     * @param message the particulars
     * @param least what it must pay at least, percent of the stake
     * @return what it means
     */
    static PlaceOrderResult refused(int status, String text, JsonNode message, int least) {
        PlaceOrderResult.RejectReason why = why(status, text.toLowerCase(Locale.ROOT));
        Integer payout = (why == PlaceOrderResult.RejectReason.PAYOUT_CHANGED) ? payout(message) : null;
        return new PlaceOrderResult.Refused(
                (payout != null && payout < least) ? PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW : why, text, payout);
    }

    /**
     * What an option pays that was bought.
     * @param reply to its order
     * @param asked for what it was asked, which the broker has not refused
     * @return percent of the stake, null where neither is known
     */
    static @Nullable Integer paid(JsonNode reply, @Nullable Integer asked) {
        int back = reply.path("profit_income").asInt(0);
        return (back > 100) ? Integer.valueOf(back - 100) : asked;
    }

    private static PlaceOrderResult.RejectReason why(int status, String text) {
        if (status == PAYOUT_CHANGED || text.contains("profit rate change")) {
            return PlaceOrderResult.RejectReason.PAYOUT_CHANGED;
        }
        if (status == SUSPENDED || text.contains("suspended") || text.contains("not available")) {
            return PlaceOrderResult.RejectReason.CLOSED;
        }
        if (text.contains("time for purchasing")) {
            return PlaceOrderResult.RejectReason.TOO_LATE;
        }
        if (text.contains("insufficient funds")) {
            return PlaceOrderResult.RejectReason.NO_FUNDS;
        }
        if (text.contains("not found")) {
            return PlaceOrderResult.RejectReason.NOT_TRADED;
        }
        return (status == NOT_VALID || status == BAD_BODY) ? PlaceOrderResult.RejectReason.INVALID
                : PlaceOrderResult.RejectReason.REJECTED;
    }

    private static @Nullable Integer payout(JsonNode message) {
        JsonNode nested = message.path("result").path("actual_commission").path("commission");
        JsonNode commission = nested.isMissingNode() ? message.path("actual_commission").path("commission") : nested;
        return commission.isNumber() ? Integer.valueOf(100 - commission.asInt(0)) : null;
    }

}
