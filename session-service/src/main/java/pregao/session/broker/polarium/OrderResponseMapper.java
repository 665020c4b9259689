package pregao.session.broker.polarium;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.PlaceOrderResult;

/**
 * Mapper from the broker's replies about orders to results.
 */
final class OrderResponseMapper {

    private static final int PAYOUT_CHANGED = 4117;

    private static final int SUSPENDED = 4119;

    private static final int INVALID_REQUEST = 4220;

    private static final int INVALID_BODY = 4008;

    private OrderResponseMapper() {
    }

    /**
     * Maps a rejection.
     * @param status the status of the reply
     * @param message the message of the reply
     * @param details the body of the reply
     * @param minPayout the minimum payout of the order in percent of the stake
     * @return the rejection with its reason
     */
    static PlaceOrderResult toRefused(int status, String message, JsonNode details, int minPayout) {
        PlaceOrderResult.RejectReason reason = toReason(status, message.toLowerCase(Locale.ROOT));
        Integer payout = (reason == PlaceOrderResult.RejectReason.PAYOUT_CHANGED) ? parsePayout(details) : null;
        return new PlaceOrderResult.Refused(
                (payout != null && payout < minPayout) ? PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW : reason, message,
                payout);
    }

    /**
     * Returns the payout of an option that was bought.
     * @param reply the reply to the order
     * @param requestedPayout the payout that was requested and not rejected, or null
     * @return the payout in percent of the stake, or null if neither is known
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
