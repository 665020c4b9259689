package pregao.session.polarium;

import pregao.session.broker.BrokerFailure;

/**
 * An order that is not sent, as the broker pays less than it must.
 */
@SuppressWarnings("serial")
final class PayoutTooLowException extends BrokerFailure {

    private final int payout;

    PayoutTooLowException(int payout, int least) {
        super(Kind.REFUSED, "the broker pays %d %%, and it must be %d %% at least".formatted(payout, least));
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
