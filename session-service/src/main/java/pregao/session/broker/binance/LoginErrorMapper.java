package pregao.session.broker.binance;

import java.time.Duration;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.LoginResult;

/**
 * Why a key does not let its user in.
 */
final class LoginErrorMapper {

    private static final int FIREWALL = 403;

    private LoginErrorMapper() {
    }

    /**
     * Reads how the first question of a session failed.
     * @param failure of it
     * @param budget of this address
     * @return what the user is told
     */
    static LoginResult refused(BrokerException failure, RequestWeightLimiter budget) {
        String text = String.valueOf(failure.getMessage());
        if (failure.kind() != BrokerException.Kind.REFUSED) {
            return new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, text, null);
        }
        return switch (failure.status()) {
            case BinanceErrorMapper.WRONG_SIGNATURE -> new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS,
                    "the secret does not belong to the API key", null);
            case BinanceErrorMapper.BAD_KEY ->
                new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS, text, null);
            case BinanceErrorMapper.KEY_NOT_ACCEPTED -> signedOut();
            case BinanceErrorMapper.TOO_MANY -> new LoginResult.Refused(LoginResult.Reason.TOO_MANY, text,
                    Duration.ofMillis(Math.max(1000, budget.stopped())));
            case FIREWALL -> new LoginResult.Refused(LoginResult.Reason.FORBIDDEN, text, null);
            default -> new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, text, null);
        };
    }

    static LoginResult signedOut() {
        return new LoginResult.Refused(LoginResult.Reason.SIGNED_OUT,
                "the broker does not accept the API key: check there that it exists, may be used from this address, and "
                        + "may read and trade",
                null);
    }

}
