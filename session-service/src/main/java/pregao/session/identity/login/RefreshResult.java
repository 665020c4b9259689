package pregao.session.identity.login;

import java.util.UUID;

import pregao.session.identity.token.OpaqueToken;

/**
 * What came of a refresh token.
 */
sealed interface RefreshResult {

    /**
     * Another one takes its place.
     *
     * @param person whose it is
     * @param login of which login
     * @param next the new one
     */
    record Rotated(UUID person, UUID login, OpaqueToken next) implements RefreshResult {

    }

    /**
     * It had been used before, so somebody else has a copy: the login is ended.
     *
     * @param person whose it was
     * @param login which has ended
     */
    record Reused(UUID person, UUID login) implements RefreshResult {

    }

    /**
     * There is no such token, or its login has ended.
     */
    record Unknown() implements RefreshResult {

    }

}
