package pregao.session.identity.login;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.jdk.StringDeserializer;

import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.token.OpaqueToken;
import pregao.session.identity.user.Email;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.TextRule;

/**
 * REST controller of logins: login, refresh, logout, listing and revocation.
 */
@RestController
@RequestMapping("/api/auth")
class LoginController {

    private static final int MAX_LENGTH = 256;

    private final AuthenticationService authentication;

    private final LoginRepository logins;

    private final AuditLog auditLog;

    private final LoginProperties settings;

    LoginController(AuthenticationService authentication, LoginRepository logins, AuditLog auditLog,
            LoginProperties settings) {
        this.authentication = authentication;
        this.logins = logins;
        this.auditLog = auditLog;
        this.settings = settings;
    }

    @PostMapping("/login")
    @Operation(operationId = "login", summary = "Logs in; with TOTP enabled, a code is required",
            description = "With `cookie`, the refresh token is in an HttpOnly cookie for `/api/auth` and not in the "
                    + "answer. That is for pages of this host: 403 for another `Origin`, or without one.")
    Mono<ResponseEntity<TokenResponse>> login(@RequestBody Credentials credentials, ServerHttpRequest request) {
        boolean usesCookie = Boolean.TRUE.equals(credentials.cookie());
        if (usesCookie) {
            RefreshCookie.requireSameOrigin(request);
        }
        if (!credentials.isPlain()) {
            return this.authentication.rejectUnreadable(ClientInfo.of(request)).map(LoginController::respondWithToken);
        }
        FieldValidator validator = new FieldValidator();
        String email = Email.check(validator, credentials.email());
        String password = validator.text("password", credentials.password(), MAX_LENGTH);
        String code = (credentials.code() != null) ? validator.text("code", credentials.code(), MAX_LENGTH) : null;
        validator.check();
        return this.authentication.login(email, password, code, ClientInfo.of(request))
            .map((tokens) -> usesCookie ? respondWithCookie(tokens, request) : respondWithToken(tokens));
    }

    @PostMapping("/refresh")
    @Operation(operationId = "refresh",
            summary = "Exchanges a refresh token for new tokens, once; reuse more than 20 seconds later revokes the login",
            description = "The token is `refresh_token`, or else that of the cookie. The new one is returned as the "
                    + "old one was. The cookie is taken from pages of this host only: 403 for another `Origin`, or "
                    + "without one.")
    Mono<ResponseEntity<TokenResponse>> refresh(@RequestBody(required = false) @Nullable Refresh body,
            ServerHttpRequest request) {
        String token = (body != null) ? body.refreshToken() : null;
        String cookieToken = (token == null) ? RefreshCookie.read(request) : null;
        if (cookieToken != null) {
            return this.authentication.refresh(new OpaqueToken(cookieToken), ClientInfo.of(request))
                .map((tokens) -> respondWithCookie(tokens, request));
        }
        FieldValidator validator = new FieldValidator();
        OpaqueToken refreshToken = new OpaqueToken(validator.text("refresh_token", token, MAX_LENGTH));
        validator.check();
        return this.authentication.refresh(refreshToken, ClientInfo.of(request)).map(LoginController::respondWithToken);
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @SecurityRequirement(name = "token")
    @Operation(operationId = "logout", summary = "Logs out and deletes the cookie")
    Mono<Void> logout(@AuthenticationPrincipal AuthenticatedUser user, ServerHttpRequest request,
            ServerHttpResponse response) {
        if (RefreshCookie.read(request) != null) {
            response.getHeaders().add(HttpHeaders.SET_COOKIE, RefreshCookie.createExpired(request).toString());
        }
        return revoke(user, user.login(), ClientInfo.of(request));
    }

    @GetMapping("/logins")
    @SecurityRequirement(name = "token")
    @Operation(operationId = "listLogins", summary = "Lists your logins, most recently used first")
    Mono<LoginsResponse> listLogins(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.logins.findActive(user.id(), user.login()).collectList().map(LoginsResponse::new);
    }

    @DeleteMapping("/logins/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @SecurityRequirement(name = "token")
    @Operation(operationId = "revokeLogin", summary = "Revokes one of your logins")
    Mono<Void> revokeLogin(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            ServerHttpRequest request) {
        return revoke(user, id, ClientInfo.of(request));
    }

    @DeleteMapping("/logins")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @SecurityRequirement(name = "token")
    @Operation(operationId = "revokeOtherLogins", summary = "Revokes all your logins except this one")
    Mono<Void> revokeOtherLogins(@AuthenticationPrincipal AuthenticatedUser user, ServerHttpRequest request) {
        return this.logins.endOthers(user.id(), user.login(), "ended")
            .flatMap((count) -> this.auditLog.recordOwn(AuditEventType.LOGIN_ENDED, user.id(), ClientInfo.of(request),
                    count + " others"));
    }

    private Mono<Void> revoke(AuthenticatedUser user, UUID loginId, ClientInfo client) {
        return this.logins.end(user.id(), loginId, "ended")
            .filter((ended) -> ended)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .then(this.auditLog.recordOwn(AuditEventType.LOGIN_ENDED, user.id(), client, loginId.toString()));
    }

    private ResponseEntity<TokenResponse> respondWithCookie(TokenResponse tokens, ServerHttpRequest request) {
        return ResponseEntity.ok()
            .cacheControl(CacheControl.noStore())
            .header(HttpHeaders.SET_COOKIE,
                    RefreshCookie.create(String.valueOf(tokens.refreshToken()), this.settings.idleTimeout(), request)
                        .toString())
            .body(new TokenResponse(tokens.accessToken(), tokens.tokenType(), tokens.expiresIn(), null,
                    tokens.login()));
    }

    private static ResponseEntity<TokenResponse> respondWithToken(TokenResponse tokens) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(tokens);
    }

    /**
     * Request to log in.
     *
     * @param email the email address
     * @param password the password
     * @param code the code of the authenticator app, or a recovery code
     * @param cookie whether the response sets the refresh token as a cookie
     */
    record Credentials(@JsonDeserialize(using = StringDeserializer.class) @Nullable String email,
            @JsonDeserialize(using = StringDeserializer.class) @Nullable String password,
            @JsonDeserialize(using = StringDeserializer.class) @Nullable String code, @Nullable Boolean cookie) {

        /**
         * Returns whether all texts are plain. Other texts are rejected like the
         * credentials of an unknown user, so that the response is the same.
         */
        private boolean isPlain() {
            return isPlain(this.email) && isPlain(this.password) && isPlain(this.code);
        }

        private static boolean isPlain(@Nullable String text) {
            return text == null || TextRule.isPlain(text);
        }

        @Override
        public String toString() {
            return "Credentials[hidden]";
        }

    }

    /**
     * Request to refresh tokens.
     *
     * @param refreshToken the last refresh token; null if it is in the cookie
     */
    record Refresh(@Nullable String refreshToken) {

        @Override
        public String toString() {
            return "Refresh[hidden]";
        }

    }

    /**
     * Response with tokens.
     *
     * @param accessToken the token for the {@code Authorization} header
     * @param tokenType always {@code Bearer}
     * @param expiresIn the validity of the access token in seconds
     * @param refreshToken the single-use token for the next refresh; null if it is in the
     * cookie
     * @param login the login ID
     */
    record TokenResponse(String accessToken, String tokenType, long expiresIn,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String refreshToken, UUID login) {

        @Override
        public String toString() {
            return "TokenResponse[" + Objects.toString(this.login) + "]";
        }

    }

    /**
     * Response with logins.
     *
     * @param items the logins, most recently used first
     */
    record LoginsResponse(List<LoginRepository.Login> items) {

    }

}
