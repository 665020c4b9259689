package pregao.session.broker.api;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The result of a login attempt.
 */
public sealed interface LoginResult {

    /**
     * The user is logged in.
     *
     * @param session the session, which the receiver must close
     */
    record Open(BrokerSession session) implements LoginResult {

    }

    /**
     * The broker sent the user a code and requires it.
     *
     * @param method how the code was sent, such as {@code sms}
     * @param methods the methods by which it can be sent
     * @param credentials the credentials with which the login continues
     * @param step the broker's token for this step of the login
     */
    record CodeRequired(String method, List<String> methods, Credentials.Password credentials,
            Sensitive step) implements LoginResult {

        public CodeRequired {
            methods = List.copyOf(methods);
        }

    }

    /**
     * The login was rejected.
     *
     * @param why the reason
     * @param message the message for the user
     * @param retryAfter the minimum delay before the next attempt, or null if unknown
     */
    record Refused(Reason why, String message, @Nullable Duration retryAfter) implements LoginResult {

    }

    /**
     * The reason for a rejected login.
     */
    enum Reason {

        /** The identifier or the password is wrong; do not retry automatically. */
        WRONG_CREDENTIALS,
        /** The code is wrong or has expired. */
        WRONG_CODE,
        /** There were too many attempts; wait before the next one. */
        TOO_MANY,
        /**
         * The broker does not allow password logins from this IP address; use a token.
         */
        FORBIDDEN,
        /** The token is no longer valid. */
        SIGNED_OUT,
        /** The broker did not respond, or sent an unexpected response. */
        UNREACHABLE

    }

}
