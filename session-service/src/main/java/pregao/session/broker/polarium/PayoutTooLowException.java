package pregao.session.broker.polarium;

import pregao.session.broker.api.BrokerException;

/**
 * Thrown if an order isn't sent because the broker's payout is below its minimum.
 */
@SuppressWarnings("serial")
final class PayoutTooLowException extends BrokerException {

    private final int payout;

    PayoutTooLowException(int payout, int minPayout) {
        super(Kind.REFUSED, "the broker pays %d %%, and it must be %d %% at least".formatted(payout, minPayout));
        this.payout = payout;
    }

    /**
     * Returns the broker's payout.
     * @return the payout in percent of the stake
     */
    int payout() {
        return this.payout;
    }

}
