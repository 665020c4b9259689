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
 * Cookie with the refresh token. Scripts cannot read it (HttpOnly), and pages of other
 * sites do not send it (SameSite).
 */
final class RefreshCookie {

    private static final String NAME = "pregao_refresh";

    private static final String PATH = "/api/auth";

    private RefreshCookie() {
    }

    /**
     * Returns the token in the cookie of a request.
     * @param request the request
     * @return null if there is no cookie
     * @throws pregao.webapi.problem.ProblemException 403 if a page of another origin sent
     * the cookie
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
     * Requires that a page of the gateway's own host sent a request.
     * @param request a browser request, which always has an {@code Origin} header
     * @throws pregao.webapi.problem.ProblemException 403 for another origin or none
     */
    static void requireSameOrigin(ServerHttpRequest request) {
        String origin = Objects.requireNonNullElse(request.getHeaders().getOrigin(), "");
        HttpHeaders headers = request.getHeaders();
        String host = Objects.requireNonNullElse(headers.getFirst(InternalHeader.HOST),
                Objects.requireNonNullElse(headers.getFirst(HttpHeaders.HOST), ""));
        int schemeEnd = origin.indexOf("://");
        // The scheme is not compared, because a TLS proxy may stand in front of the
        // gateway.
        if (schemeEnd < 0 || host.isEmpty() || !origin.substring(schemeEnd + 3).equalsIgnoreCase(host)) {
            throw ProblemDefinition.forbidden("Only a page of this host may use the cookie").asException();
        }
    }

    /**
     * Creates a cookie.
     * @param token the refresh token
     * @param maxAge the lifetime of the cookie
     * @param request the request that is answered
     * @return the cookie to set
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
     * Creates a cookie that makes the browser delete the stored one.
     * @param request the request that is answered
     * @return the cookie to set
     */
    static ResponseCookie createExpired(ServerHttpRequest request) {
        return create("", Duration.ZERO, request);
    }

    /**
     * Returns whether a page is served from a loopback address without TLS, where
     * browsers store no secure cookie.
     */
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
