package pregao.session.broker.binance;

import java.time.Duration;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.LoginResult;

/**
 * Mapper from the failure of a login to the reason for the user.
 */
final class LoginErrorMapper {

    private static final int FORBIDDEN = 403;

    private LoginErrorMapper() {
    }

    /**
     * Maps the failure of the first request of a session.
     * @param failure the failure
     * @param weightLimiter the request weight limiter of this IP address
     * @return the refusal with its reason
     */
    static LoginResult toLoginResult(BrokerException failure, RequestWeightLimiter weightLimiter) {
        String message = String.valueOf(failure.getMessage());
        if (failure.kind() != BrokerException.Kind.REFUSED) {
            return new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, message, null);
        }
        return switch (failure.status()) {
            case BinanceErrorMapper.INVALID_SIGNATURE -> new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS,
                    "the secret does not belong to the API key", null);
            case BinanceErrorMapper.BAD_API_KEY_FORMAT ->
                new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS, message, null);
            case BinanceErrorMapper.REJECTED_API_KEY -> keyRejected();
            case BinanceErrorMapper.TOO_MANY_REQUESTS -> new LoginResult.Refused(LoginResult.Reason.TOO_MANY, message,
                    Duration.ofMillis(Math.max(1000, weightLimiter.blockedMillis())));
            case FORBIDDEN -> new LoginResult.Refused(LoginResult.Reason.FORBIDDEN, message, null);
            default -> new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, message, null);
        };
    }

    static LoginResult keyRejected() {
        return new LoginResult.Refused(LoginResult.Reason.SIGNED_OUT,
                "the broker does not accept the API key: check there that it exists, may be used from this address, and "
                        + "may read and trade",
                null);
    }

}
