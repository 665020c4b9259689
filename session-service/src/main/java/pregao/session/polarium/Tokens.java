package pregao.session.polarium;

import reactor.core.publisher.Mono;

import pregao.session.broker.Credentials;
import pregao.session.broker.Secret;

/**
 * The token that lets a session in, and how to get another one.
 */
final class Tokens {

    private final Logins logins;

    private volatile Credentials credentials;

    Tokens(Logins logins, Credentials credentials) {
        this.logins = logins;
        this.credentials = credentials;
    }

    Credentials credentials() {
        return this.credentials;
    }

    Secret current() {
        return switch (this.credentials) {
            case Credentials.Session session -> session.token();
            case Credentials.OAuth2 tokens -> tokens.access();
            case Credentials.Password _, Credentials.ApiKey _ ->
                throw new IllegalStateException("neither a password nor a key is a token");
        };
    }

    /**
     * Gets another token where that is possible without the user.
     * @return when it is done, or was in vain
     */
    Mono<Void> renew() {
        if (this.credentials instanceof Credentials.OAuth2(var access, var refresh) && refresh != null) {
            return this.logins.refreshed(refresh).doOnNext((next) -> this.credentials = next).then();
        }
        return Mono.empty();
    }

}
