package pregao.session.broker.marketdata;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Sensitive;

/**
 * The operator's account at a broker, which provides prices for all users. Its login must
 * not require a code.
 *
 * @param identifier the identifier, usually an email address
 * @param password the password
 * @param token a session token that replaces both if the broker allows no password logins
 */
record SystemAccount(@Nullable Sensitive identifier, @Nullable Sensitive password, @Nullable Sensitive token) {

    SystemAccount {
        if (token == null && (identifier == null || password == null)) {
            throw new IllegalArgumentException(
                    "An account of pregao.marketdata.system has an identifier and a password, or a token");
        }
    }

    Credentials credentials() {
        if (this.token != null) {
            return new Credentials.Session(this.token);
        }
        if (this.identifier == null || this.password == null) {
            throw new IllegalStateException("neither a token nor a password");
        }
        return new Credentials.Password(this.identifier, this.password);
    }

}
