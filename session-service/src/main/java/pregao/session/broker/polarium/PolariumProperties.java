package pregao.session.broker.polarium;

import java.net.URI;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.session.broker.api.Sensitive;

/**
 * Settings of the Polarium endpoints. A connection without TLS is allowed to this machine
 * only. A TLS certificate is always verified.
 *
 * @param logins the base URI of logins, such that {@code /v2/login} can follow
 * @param oauth the base URI of OAuth2, such that {@code /auth/oauth.v5/token} can follow
 * @param socket the URI of the WebSocket
 * @param origin the {@code Origin} header, as the broker's site would send it
 * @param clientId the OAuth2 client id, or 0 if the broker has assigned none
 * @param clientSecret the OAuth2 client secret, or null
 * @param realMoney whether orders with real money are sent
 * @param platform the broker's id of the application, sent as a cookie; empty for none
 * @param agent the {@code User-Agent} header; empty for the default
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
     * Adds the headers that identify the client, on each connection.
     * @param headers the headers of a request to the broker
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
     * Returns whether the broker runs on this machine.
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
