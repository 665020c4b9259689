package pregao.session.broker.polarium;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.OwnershipCheck;

/**
 * An order as it is put to the broker.
 *
 * @param order what
 * @param offer what can be bought there
 * @param wallet from which money, the broker's number
 * @param fence asked at the last moment
 */
record OptionPurchase(OptionOrder order, SymbolOffer offer, long wallet, OwnershipCheck fence) {

    InFlightOrder.Key key() {
        return new InFlightOrder.Key(Set.of(this.offer.active()), this.order.direction());
    }

    /**
     * Says no where it must not be sent any more.
     * @param now this moment, by our clock
     */
    void checkMayBeSent(Instant now) {
        if (!this.fence.holds()) {
            throw new BrokerException(BrokerException.Kind.NOT_OWNER, "another process speaks for the account");
        }
        if (now.isAfter(this.order.validUntil())) {
            throw new BrokerException(BrokerException.Kind.TOO_LATE,
                    "the order was valid until " + this.order.validUntil());
        }
    }

    /**
     * When it is to end.
     * @param nowSeconds the broker's time, epoch seconds
     * @return the nearest to what is wished for
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
     * What the broker pays for it, which must be named exactly.
     * @param expiry when it is to end
     * @return percent of the stake; the least that is wanted where nothing is known
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
