package pregao.session.broker.polarium;

import pregao.session.broker.api.BrokerException;

/**
 * An order that is not sent, as the broker pays less than it must.
 */
@SuppressWarnings("serial")
final class PayoutTooLowException extends BrokerException {

    private final int payout;

    PayoutTooLowException(int payout, int minPayout) {
        super(Kind.REFUSED, "the broker pays %d %%, and it must be %d %% at least".formatted(payout, minPayout));
        this.payout = payout;
    }

    /**
     * What the broker pays.
     * @return percent of the stake
     */
    int payout() {
        return this.payout;
    }

}
