package pregao.session.identity.login;

import java.util.UUID;

import pregao.session.identity.token.OpaqueToken;

/**
 * Result of the exchange of a refresh token.
 */
sealed interface RefreshResult {

    /**
     * The token was valid and is replaced.
     *
     * @param person the ID of the user
     * @param login the login ID
     * @param next the next refresh token
     */
    record Rotated(UUID person, UUID login, OpaqueToken next) implements RefreshResult {

    }

    /**
     * The token had been used before, which means that it was copied. The login is
     * revoked.
     *
     * @param person the ID of the user
     * @param login the ID of the revoked login
     */
    record Reused(UUID person, UUID login) implements RefreshResult {

    }

    /**
     * There is no such token, or its login has ended.
     */
    record Unknown() implements RefreshResult {

    }

}
