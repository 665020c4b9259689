package pregao.session.broker.api;

import org.jspecify.annotations.Nullable;

/**
 * What a user gives to be let in by a broker.
 */
public sealed interface Credentials {

    /**
     * Identifier and password; the broker may want a code too.
     *
     * @param identifier an e-mail address
     * @param password the password
     */
    record Password(Sensitive identifier, Sensitive password) implements Credentials {

    }

    /**
     * The token of a session that the user opened elsewhere, or that was kept.
     *
     * @param token the broker's
     */
    record Session(Sensitive token) implements Credentials {

    }

    /**
     * Tokens of OAuth2.
     *
     * @param access lets in for a while
     * @param refresh gets the next one, or null where there is none
     */
    record OAuth2(Sensitive access, @Nullable Sensitive refresh) implements Credentials {

    }

    /**
     * A key that the user made at the broker, which signs each request.
     *
     * @param id sent with each request
     * @param secret never sent
     * @param kind how it signs
     */
    record ApiKey(Sensitive id, Sensitive secret, Kind kind) implements Credentials {

        /**
         * How a key signs.
         */
        public enum Kind {

            /** The secret is a text, of which both know. */
            HMAC,
            /** The secret is a private key, as PEM or Base64 of PKCS#8. */
            ED25519

        }

    }

}
