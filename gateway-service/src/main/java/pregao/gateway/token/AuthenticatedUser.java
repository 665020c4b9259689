package pregao.gateway.token;

import java.time.Instant;
import java.util.List;

/**
 * User of a verified token.
 *
 * @param person the user ID
 * @param session the login ID
 * @param scopes the scopes of the token
 * @param until the time when the token expires
 */
public record AuthenticatedUser(String person, String session, List<String> scopes, Instant until) {

    public AuthenticatedUser {
        scopes = List.copyOf(scopes);
    }

}
