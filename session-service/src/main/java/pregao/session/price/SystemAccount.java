package pregao.session.price;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.Credentials;
import pregao.session.broker.Secret;

/**
 * The account of whoever runs the installation at a broker, for everybody's prices. It
 * must not ask for a code.
 *
 * @param identifier mostly an e-mail address
 * @param password of the account
 * @param token in place of both, where the broker lets nobody in by password
 */
record SystemAccount(@Nullable Secret identifier, @Nullable Secret password, @Nullable Secret token) {

    SystemAccount {
        if (token == null && (identifier == null || password == null)) {
            throw new IllegalArgumentException(
                    "An account of pregao.price.system has an identifier and a password, or a token");
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
