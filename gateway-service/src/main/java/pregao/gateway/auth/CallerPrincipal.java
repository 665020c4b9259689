package pregao.gateway.auth;

import java.util.Objects;

/**
 * Authenticated caller of an endpoint of the gateway itself.
 *
 * @param user the ID of the user who owns the key or login
 * @param session the login ID, or the ID that stands for a login if an API key is used
 * @param feed the default feed of the API key; empty if there is none
 */
public record CallerPrincipal(String user, String session, String feed) {

    public CallerPrincipal {
        Objects.requireNonNull(user);
        Objects.requireNonNull(session);
        Objects.requireNonNull(feed);
    }

}
