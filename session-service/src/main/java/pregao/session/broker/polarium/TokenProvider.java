package pregao.session.broker.polarium;

import reactor.core.publisher.Mono;

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Sensitive;

/**
 * Provider of the token that authenticates a session.
 */
final class TokenProvider {

    private final PolariumAuthClient authClient;

    private volatile Credentials credentials;

    TokenProvider(PolariumAuthClient authClient, Credentials credentials) {
        this.authClient = authClient;
        this.credentials = credentials;
    }

    Credentials credentials() {
        return this.credentials;
    }

    Sensitive current() {
        return switch (this.credentials) {
            case Credentials.Session session -> session.token();
            case Credentials.OAuth2 tokens -> tokens.access();
            case Credentials.Password _, Credentials.ApiKey _ ->
                throw new IllegalStateException("neither a password nor a key is a token");
        };
    }

    /**
     * Renews the token if that is possible without the user.
     * @return completes after the attempt, successful or not
     */
    Mono<Void> renew() {
        if (this.credentials instanceof Credentials.OAuth2(var accessToken, var refreshToken) && refreshToken != null) {
            return this.authClient.refresh(refreshToken).doOnNext((newTokens) -> this.credentials = newTokens).then();
        }
        return Mono.empty();
    }

}
