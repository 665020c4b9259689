package pregao.session.broker.polarium;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.Sensitive;

/**
 * HTTP client for logins and access tokens.
 */
final class PolariumAuthClient {

    private static final int MAX_RETRIES = 2;

    private static final Duration RETRY_DELAY = Duration.ofMillis(500);

    private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(5);

    private final HttpClient httpClient;

    private final PolariumProperties properties;

    PolariumAuthClient(HttpClient httpClient, PolariumProperties properties) {
        this.httpClient = httpClient;
        this.properties = properties;
    }

    /**
     * Logs in with a password.
     * @param password the user's credentials
     * @param verifiedToken the token of a login whose code was verified, or null
     * @return a session token, a request for a code, or a refusal
     */
    Mono<Step> login(Credentials.Password password, @Nullable Sensitive verifiedToken) {
        ObjectNode body = JsonTrees.createObject()
            .put("identifier", password.identifier().reveal())
            .put("password", password.password().reveal());
        if (verifiedToken != null) {
            body.put("token", verifiedToken.reveal());
        }
        return post(this.properties.logins() + "/v2/login", body).flatMap((response) -> switch (response.code()) {
            case "success" -> Mono.just(toStep(response.text("ssid")));
            case "verify" -> requestCode(password, response);
            default -> Mono.just(new Step.Finished(toRefused(response)));
        }).onErrorResume(BrokerException.class, (failure) -> Mono.just(new Step.Finished(toUnreachable(failure))));
    }

    /**
     * Verifies a code and completes the login.
     * @param codeRequired the login that requires the code
     * @param code the code as the user typed it
     * @return a session token or a refusal
     */
    Mono<Step> verify(LoginResult.CodeRequired codeRequired, String code) {
        ObjectNode body = JsonTrees.createObject()
            .put("code", code)
            .put("token", codeRequired.step().reveal())
            .put("method", codeRequired.method());
        return post(verifyAddress(), body)
            .flatMap((response) -> response.code().equals("success")
                    ? login(codeRequired.credentials(), new Sensitive(response.text("token")))
                    : Mono.just(new Step.Finished(toRefused(response))))
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(new Step.Finished(toUnreachable(failure))));
    }

    /**
     * Refreshes the access token.
     * @param refreshToken the refresh token, valid for one use
     * @return the new tokens, or empty if the broker refuses or can't be reached
     */
    Mono<Credentials.OAuth2> refresh(Sensitive refreshToken) {
        ObjectNode body = JsonTrees.createObject()
            .put("grant_type", "refresh_token")
            .put("refresh_token", refreshToken.reveal())
            .put("client_id", this.properties.clientId());
        Sensitive clientSecret = this.properties.clientSecret();
        if (clientSecret != null) {
            body.put("client_secret", clientSecret.reveal());
        }
        return post(this.properties.oauth() + "/auth/oauth.v5/token", body)
            .retryWhen(Retry.backoff(MAX_RETRIES, RETRY_DELAY).maxBackoff(MAX_RETRY_DELAY).jitter(0))
            .filter((response) -> response.status() == 200 && !response.text("access_token").isEmpty())
            .map((response) -> new Credentials.OAuth2(new Sensitive(response.text("access_token")),
                    nextRefreshToken(response, refreshToken)))
            .onErrorResume(IllegalStateException.class, (exhausted) -> Mono.empty());
    }

    private Mono<Step> requestCode(Credentials.Password password, AuthResponse loginResponse) {
        String method = loginResponse.text("method");
        ObjectNode body = JsonTrees.createObject().put("method", method).put("token", loginResponse.text("token"));
        List<String> methods = new ArrayList<>();
        loginResponse.body()
            .path("available_methods")
            .forEach((availableMethod) -> methods.add(availableMethod.asString("")));
        return post(verifyAddress(), body).map((response) -> response.code().equals("success")
                ? new Step.Finished(
                        new LoginResult.CodeRequired(method, methods, password, new Sensitive(response.text("token"))))
                : new Step.Finished(toRefused(response)));
    }

    private String verifyAddress() {
        return this.properties.logins() + "/v2/verify/2fa";
    }

    private static Sensitive nextRefreshToken(AuthResponse response, Sensitive currentToken) {
        String nextToken = response.text("refresh_token");
        return nextToken.isEmpty() ? currentToken : new Sensitive(nextToken);
    }

    private static Step toStep(String ssid) {
        return ssid.isEmpty()
                ? new Step.Finished(
                        new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, "no session was given", null))
                : new Step.Authenticated(new Sensitive(ssid));
    }

    private static LoginResult.Refused toRefused(AuthResponse response) {
        String message = response.text("message");
        int ttl = response.body().path("ttl").asInt(0);
        return switch (response.code()) {
            case "invalid_credentials" -> new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS, message, null);
            case "invalid_code", "invalid_token" ->
                new LoginResult.Refused(LoginResult.Reason.WRONG_CODE, message, null);
            case "requests_limit_exceeded" -> new LoginResult.Refused(LoginResult.Reason.TOO_MANY, message,
                    Duration.ofSeconds((ttl > 0) ? ttl : 600));
            default -> (response.status() == 403) ? new LoginResult.Refused(LoginResult.Reason.FORBIDDEN,
                    "The broker does not let this address log in by password. Give the token of a session.", null)
                    : new LoginResult.Refused(LoginResult.Reason.UNREACHABLE,
                            "the broker answered %d %s".formatted(response.status(), message), null);
        };
    }

    private static LoginResult.Refused toUnreachable(BrokerException failure) {
        return new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, String.valueOf(failure.getMessage()), null);
    }

    private Mono<AuthResponse> post(String address, ObjectNode body) {
        return this.httpClient.headers(this.properties::addHeaders)
            .headers((headers) -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "application/json"))
            .post()
            .uri(URI.create(address))
            .send(ByteBufMono.fromString(Mono.just(JsonTrees.write(body))))
            .responseSingle((response, content) -> content.asString()
                .defaultIfEmpty("")
                .map((text) -> new AuthResponse(response.status().code(), JsonTrees.parse(text))))
            .onErrorMap((error) -> !(error instanceof BrokerException),
                    (error) -> new BrokerException(BrokerException.Kind.NOT_CONNECTED,
                            "the broker cannot be reached: " + error.getClass().getSimpleName()));
    }

    /**
     * Step of a login.
     */
    sealed interface Step {

        /**
         * Login with a token to open a session.
         *
         * @param token the session token
         */
        record Authenticated(Sensitive token) implements Step {

        }

        /**
         * Login without a token, or without one yet.
         *
         * @param login the result for the user
         */
        record Finished(LoginResult login) implements Step {

        }

    }

    private record AuthResponse(int status, JsonNode body) {

        String code() {
            return text("code");
        }

        String text(String field) {
            return this.body.path(field).asString("");
        }

        @Override
        public String toString() {
            return "AuthResponse[" + this.status + ", " + code() + "]";
        }

    }

}
