package pregao.gateway.token;

import java.time.Instant;
import java.util.List;

/**
 * What a good token says.
 *
 * @param person whose it is
 * @param session by which login
 * @param scopes what may be done with it
 * @param until when it ends
 */
public record AuthenticatedUser(String person, String session, List<String> scopes, Instant until) {

    public AuthenticatedUser {
        scopes = List.copyOf(scopes);
    }

}
