package pregao.session.broker.api;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt to get in ended.
 */
public sealed interface LoginResult {

    /**
     * The user is in.
     *
     * @param session to work with, and to close
     */
    record Open(BrokerSession session) implements LoginResult {

    }

    /**
     * The broker sent the user a code and wants it.
     *
     * @param method how it was sent, such as {@code sms}
     * @param methods how it could be sent
     * @param credentials with which it goes on
     * @param step the broker's token for it
     */
    record CodeRequired(String method, List<String> methods, Credentials.Password credentials,
            Sensitive step) implements LoginResult {

        public CodeRequired {
            methods = List.copyOf(methods);
        }

    }

    /**
     * The user is not in.
     *
     * @param why the kind of reason
     * @param message for the user
     * @param retryAfter how long to wait at least, or null where nobody said
     */
    record Refused(Reason why, String message, @Nullable Duration retryAfter) implements LoginResult {

    }

    /**
     * Kinds of reasons.
     */
    enum Reason {

        /** Identifier and password do not fit; trying again by itself is wrong. */
        WRONG_CREDENTIALS,
        /** The code is wrong or too old. */
        WRONG_CODE,
        /** Too many attempts: wait. */
        TOO_MANY,
        /** The broker does not let this address log in by password: give a token. */
        FORBIDDEN,
        /** The token is not good any more. */
        SIGNED_OUT,
        /** The broker did not answer, or not sensibly. */
        UNREACHABLE

    }

}
