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

    private static final int INVALID_REQUEST = 4220;

    private static final int INVALID_BODY = 4008;

    private OrderResponseMapper() {
    }

    /**
     * A refusal.
     * @param status the broker's number
     * @param message its words
     * @param details the particulars
     * @param minPayout what it must pay at least, percent of the stake
     * @return what it means
     */
    static PlaceOrderResult toRefused(int status, String message, JsonNode details, int minPayout) {
        PlaceOrderResult.RejectReason reason = toReason(status, message.toLowerCase(Locale.ROOT));
        Integer payout = (reason == PlaceOrderResult.RejectReason.PAYOUT_CHANGED) ? parsePayout(details) : null;
        return new PlaceOrderResult.Refused(
                (payout != null && payout < minPayout) ? PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW : reason, message,
                payout);
    }

    /**
     * What an option pays that was bought.
     * @param reply to its order
     * @param requestedPayout for what it was asked, which the broker has not refused
     * @return percent of the stake, null where neither is known
     */
    static @Nullable Integer resolvePayout(JsonNode reply, @Nullable Integer requestedPayout) {
        int incomePercent = reply.path("profit_income").asInt(0);
        return (incomePercent > 100) ? Integer.valueOf(incomePercent - 100) : requestedPayout;
    }

    private static PlaceOrderResult.RejectReason toReason(int status, String message) {
        if (status == PAYOUT_CHANGED || message.contains("profit rate change")) {
            return PlaceOrderResult.RejectReason.PAYOUT_CHANGED;
        }
        if (status == SUSPENDED || message.contains("suspended") || message.contains("not available")) {
            return PlaceOrderResult.RejectReason.CLOSED;
        }
        if (message.contains("time for purchasing")) {
            return PlaceOrderResult.RejectReason.TOO_LATE;
        }
        if (message.contains("insufficient funds")) {
            return PlaceOrderResult.RejectReason.NO_FUNDS;
        }
        if (message.contains("not found")) {
            return PlaceOrderResult.RejectReason.NOT_TRADED;
        }
        return (status == INVALID_REQUEST || status == INVALID_BODY) ? PlaceOrderResult.RejectReason.INVALID
                : PlaceOrderResult.RejectReason.REJECTED;
    }

    private static @Nullable Integer parsePayout(JsonNode details) {
        JsonNode nested = details.path("result").path("actual_commission").path("commission");
        JsonNode commission = nested.isMissingNode() ? details.path("actual_commission").path("commission") : nested;
        return commission.isNumber() ? Integer.valueOf(100 - commission.asInt(0)) : null;
    }

}
