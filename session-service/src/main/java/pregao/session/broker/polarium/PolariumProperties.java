package pregao.session.broker.polarium;

import java.net.URI;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.session.broker.api.Sensitive;

/**
 * Where the broker is. Without TLS it may only be on this machine; with TLS its
 * certificate is always checked.
 *
 * @param logins the HTTP address before {@code /v2/login}
 * @param oauth the HTTP address before {@code /auth/oauth.v5/token}
 * @param socket of the WebSocket
 * @param origin of the site, as its page would send it
 * @param clientId of OAuth2, 0 where the broker has given none
 * @param clientSecret of OAuth2, or null
 * @param realMoney whether orders with real money are sent
 * @param platform the broker's number of the application, sent as a cookie; empty for
 * none
 * @param agent what the user agent is called; empty for the usual
 */
public record PolariumProperties(URI logins, URI oauth, URI socket, String origin, long clientId,
        @Nullable Sensitive clientSecret, boolean realMoney, @DefaultValue("") String platform,
        @DefaultValue("") String agent) {

    private static final String PRINTABLE_ASCII = "[ -~]*";

    private static final Set<String> LOCAL_HOSTS = Set.of("127.0.0.1", "[::1]", "localhost");

    public PolariumProperties {
        requireSecureScheme(logins, "https", "http");
        requireSecureScheme(oauth, "https", "http");
        requireSecureScheme(socket, "wss", "ws");
        if (!platform.matches("\\w*") || !agent.matches(PRINTABLE_ASCII)) {
            throw new IllegalArgumentException(
                    "the platform must be letters and digits, the agent text, not '%s' and '%s'".formatted(platform,
                            agent));
        }
    }

    /**
     * Says who calls, on each connection.
     * @param headers of a request to the broker
     */
    void addHeaders(HttpHeaders headers) {
        headers.set(HttpHeaderNames.ORIGIN, this.origin);
        if (!this.platform.isEmpty()) {
            headers.set(HttpHeaderNames.COOKIE, "platform=" + this.platform);
        }
        if (!this.agent.isEmpty()) {
            headers.set(HttpHeaderNames.USER_AGENT, this.agent);
        }
    }

    /**
     * Whether the broker is on this machine, so it is not the real one.
     * @return true for a simulator
     */
    boolean isLocal() {
        return isLocal(this.socket);
    }

    private static boolean isLocal(URI address) {
        return LOCAL_HOSTS.contains(String.valueOf(address.getHost()));
    }

    private static void requireSecureScheme(URI address, String secureScheme, String plainScheme) {
        if (!secureScheme.equals(address.getScheme())
                && !(isLocal(address) && plainScheme.equals(address.getScheme()))) {
            throw new IllegalArgumentException("%s must begin with %s://".formatted(address, secureScheme));
        }
    }

}
