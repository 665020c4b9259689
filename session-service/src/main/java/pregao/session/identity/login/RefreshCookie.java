package pregao.session.identity.login;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

import pregao.contracts.service.InternalHeader;
import pregao.webapi.problem.ProblemDefinition;

/**
 * The cookie in which a browser keeps its refresh token: no script reads it, no page of
 * elsewhere sends it.
 */
final class RefreshCookie {

    private static final String NAME = "pregao_refresh";

    private static final String PATH = "/api/auth";

    private RefreshCookie() {
    }

    /**
     * The token that a browser sent.
     * @param request the request
     * @return null where it has none
     * @throws pregao.webapi.problem.ProblemException 403 where a page of elsewhere sent
     * it
     */
    static @Nullable String read(ServerHttpRequest request) {
        HttpCookie cookie = request.getCookies().getFirst(NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return null;
        }
        requireSameOrigin(request);
        return cookie.getValue();
    }

    /**
     * Lets only pages of the gateway go on.
     * @param request of a browser, which always says its origin
     * @throws pregao.webapi.problem.ProblemException 403 for others
     */
    static void requireSameOrigin(ServerHttpRequest request) {
        String origin = Objects.requireNonNullElse(request.getHeaders().getOrigin(), "");
        HttpHeaders headers = request.getHeaders();
        String host = Objects.requireNonNullElse(headers.getFirst(InternalHeader.HOST),
                Objects.requireNonNullElse(headers.getFirst(HttpHeaders.HOST), ""));
        int schemeEnd = origin.indexOf("://");
        // The scheme is left out: what encrypts may stand in front of the gateway.
        if (schemeEnd < 0 || host.isEmpty() || !origin.substring(schemeEnd + 3).equalsIgnoreCase(host)) {
            throw ProblemDefinition.forbidden("Only a page of this host may use the cookie").asException();
        }
    }

    /**
     * A cookie with a token.
     * @param token the refresh token
     * @param maxAge how long the browser keeps it
     * @param request to which it is the answer
     * @return to be set
     */
    static ResponseCookie create(String token, Duration maxAge, ServerHttpRequest request) {
        return ResponseCookie.from(NAME, token)
            .path(PATH)
            .maxAge(maxAge)
            .httpOnly(true)
            .sameSite("Strict")
            .secure(!isPlainLoopback(String.valueOf(request.getHeaders().getOrigin())))
            .build();
    }

    /**
     * Has the browser delete the cookie.
     * @param request to which it is the answer
     * @return to be set
     */
    static ResponseCookie createExpired(ServerHttpRequest request) {
        return create("", Duration.ZERO, request);
    }

    /** Browsers keep no secure cookie of a page without TLS. */
    private static boolean isPlainLoopback(String origin) {
        try {
            URI uri = URI.create(origin);
            String host = Objects.requireNonNullElse(uri.getHost(), "");
            return "http".equals(uri.getScheme())
                    && (host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress());
        }
        catch (IllegalArgumentException ex) {
            return false;
        }
    }

}
