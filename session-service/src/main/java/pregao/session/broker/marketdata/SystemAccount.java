package pregao.session.broker.marketdata;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Sensitive;

/**
 * The account of whoever runs the installation at a broker, for everybody's prices. It
 * must not ask for a code.
 *
 * @param identifier mostly an e-mail address
 * @param password of the account
 * @param token in place of both, where the broker lets nobody in by password
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
