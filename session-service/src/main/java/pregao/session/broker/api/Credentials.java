package pregao.session.broker.api;

import org.jspecify.annotations.Nullable;

/**
 * The credentials with which a user logs in at a broker.
 */
public sealed interface Credentials {

    /**
     * An identifier and a password; the broker may require a code, too.
     *
     * @param identifier the identifier, an email address
     * @param password the password
     */
    record Password(Sensitive identifier, Sensitive password) implements Credentials {

    }

    /**
     * The token of a session that the user opened elsewhere, or a token that was stored.
     *
     * @param token the broker's token
     */
    record Session(Sensitive token) implements Credentials {

    }

    /**
     * OAuth2 tokens.
     *
     * @param access the access token, which is valid for a limited time
     * @param refresh the refresh token, or null if there is none
     */
    record OAuth2(Sensitive access, @Nullable Sensitive refresh) implements Credentials {

    }

    /**
     * An API key that the user created at the broker. It signs each request.
     *
     * @param id the key, which is sent with each request
     * @param secret the signing secret, which is never sent
     * @param kind the signature algorithm
     */
    record ApiKey(Sensitive id, Sensitive secret, Kind kind) implements Credentials {

        /**
         * The signature algorithm of an API key.
         */
        public enum Kind {

            /** HMAC with a shared secret. */
            HMAC,
            /** Ed25519 with a private key, as PEM or as Base64 of PKCS#8. */
            ED25519

        }

    }

}
