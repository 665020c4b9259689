package pregao.session.binance;

import java.time.Duration;

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.Login;

/**
 * Why a key does not let its user in.
 */
final class Logins {

    private static final int FIREWALL = 403;

    private Logins() {
    }

    /**
     * Reads how the first question of a session failed.
     * @param failure of it
     * @param budget of this address
     * @return what the user is told
     */
    static Login refused(BrokerFailure failure, Budget budget) {
        String text = String.valueOf(failure.getMessage());
        if (failure.kind() != BrokerFailure.Kind.REFUSED) {
            return new Login.Refused(Login.Why.UNREACHABLE, text, null);
        }
        return switch (failure.status()) {
            case Answers.WRONG_SIGNATURE ->
                new Login.Refused(Login.Why.WRONG_CREDENTIALS, "the secret does not belong to the API key", null);
            case Answers.BAD_KEY -> new Login.Refused(Login.Why.WRONG_CREDENTIALS, text, null);
            case Answers.KEY_NOT_ACCEPTED -> signedOut();
            case Answers.TOO_MANY ->
                new Login.Refused(Login.Why.TOO_MANY, text, Duration.ofMillis(Math.max(1000, budget.stopped())));
            case FIREWALL -> new Login.Refused(Login.Why.FORBIDDEN, text, null);
            default -> new Login.Refused(Login.Why.UNREACHABLE, text, null);
        };
    }

    static Login signedOut() {
        return new Login.Refused(Login.Why.SIGNED_OUT,
                "the broker does not accept the API key: check there that it exists, may be used from this address, and "
                        + "may read and trade",
                null);
    }

}
