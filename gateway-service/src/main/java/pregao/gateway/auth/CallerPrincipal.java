package pregao.gateway.auth;

import java.util.Objects;

/**
 * Who asks, as far as the gateway's own answers need it.
 *
 * @param user whose key or login it is
 * @param session the login, or what stands for one where a key is used
 * @param feed the feed that is meant where none is named; empty where there is none
 */
public record CallerPrincipal(String user, String session, String feed) {

    public CallerPrincipal {
        Objects.requireNonNull(user);
        Objects.requireNonNull(session);
        Objects.requireNonNull(feed);
    }

}
