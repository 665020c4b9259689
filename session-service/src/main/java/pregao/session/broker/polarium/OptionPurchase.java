package pregao.session.broker.polarium;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.OwnershipCheck;

/**
 * Order with everything that is needed to send it to the broker.
 *
 * @param order the order
 * @param offer the offer for its symbol
 * @param wallet the broker's id of the balance that pays
 * @param fence the ownership check that runs right before the order is sent
 */
record OptionPurchase(OptionOrder order, SymbolOffer offer, long wallet, OwnershipCheck fence) {

    InFlightOrder.Key key() {
        return new InFlightOrder.Key(Set.of(this.offer.active()), this.order.direction());
    }

    /**
     * Throws a {@link BrokerException} if the order must not be sent any more.
     * @param now the current time of the local clock
     */
    void checkMayBeSent(Instant now) {
        if (!this.fence.isOwner()) {
            throw new BrokerException(BrokerException.Kind.NOT_OWNER, "another process speaks for the account");
        }
        if (now.isAfter(this.order.validUntil())) {
            throw new BrokerException(BrokerException.Kind.TOO_LATE,
                    "the order was valid until " + this.order.validUntil());
        }
    }

    /**
     * Chooses the expiry.
     * @param nowSeconds the server time in epoch seconds
     * @return the expiry nearest to the requested length
     */
    Expiry chooseExpiry(long nowSeconds) {
        Expiry expiry = this.offer.findNearest(nowSeconds, this.order.length());
        if (expiry == null) {
            throw new BrokerException(BrokerException.Kind.NO_SUCH_SYMBOL,
                    "the broker does not offer %s for %s".formatted(this.order.symbol(), this.order.length()));
        }
        return expiry;
    }

    /**
     * Chooses the payout to request. The broker requires its exact current payout.
     * @param expiry the expiry
     * @return the payout in percent of the stake; the minimum of the order if the current
     * one isn't known
     */
    int choosePayout(Expiry expiry) {
        @Nullable Integer payout = this.offer.findPayout(expiry.type());
        if (payout == null) {
            return this.order.payout();
        }
        if (payout < this.order.payout()) {
            throw new PayoutTooLowException(payout, this.order.payout());
        }
        return payout;
    }

    ObjectNode toBody(Expiry expiry, int payout) {
        ObjectNode body = JsonTrees.createObject()
            .put("user_balance_id", this.wallet)
            .put("active_id", this.offer.active())
            .put("option_type_id", expiry.type().typeId())
            .put("direction", switch (this.order.direction()) {
                case CALL -> "call";
                case PUT -> "put";
            })
            .put("expired", expiry.at())
            .put("price", this.order.stake())
            .put("profit_percent", payout);
        return (expiry.seconds() > 0) ? body.put("expiration_size", expiry.seconds()) : body;
    }

}
