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
 * The HTTP calls that lead to a token.
 */
final class PolariumAuthClient {

    private static final int RENEWALS = 2;

    private static final Duration RENEWAL_FIRST = Duration.ofMillis(500);

    private static final Duration RENEWAL_MOST = Duration.ofSeconds(5);

    private final HttpClient http;

    private final PolariumProperties settings;

    PolariumAuthClient(HttpClient http, PolariumProperties settings) {
        this.http = http;
        this.settings = settings;
    }

    /**
     * Logs in by password.
     * @param password the user's
     * @param proven the token of a login with a code, or null
     * @return a token, a wish for a code, or a refusal
     */
    Mono<Step> login(Credentials.Password password, @Nullable Sensitive proven) {
        ObjectNode body = JsonTrees.object()
            .put("identifier", password.identifier().reveal())
            .put("password", password.password().reveal());
        if (proven != null) {
            body.put("token", proven.reveal());
        }
        return post(this.settings.logins() + "/v2/login", body).flatMap((answer) -> switch (answer.code()) {
            case "success" -> Mono.just(token(answer.text("ssid")));
            case "verify" -> codeSent(password, answer);
            default -> Mono.just(new Step.Finished(refused(answer)));
        }).onErrorResume(BrokerException.class, (failure) -> Mono.just(new Step.Finished(unreachable(failure))));
    }

    /**
     * Answers with a code.
     * @param wanted what was wanted
     * @param code as typed
     * @return a token or a refusal
     */
    Mono<Step> verify(LoginResult.CodeRequired wanted, String code) {
        ObjectNode body = JsonTrees.object()
            .put("code", code)
            .put("token", wanted.step().reveal())
            .put("method", wanted.method());
        return post(verifying(), body)
            .flatMap((answer) -> answer.code().equals("success")
                    ? login(wanted.credentials(), new Sensitive(answer.text("token")))
                    : Mono.just(new Step.Finished(refused(answer))))
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(new Step.Finished(unreachable(failure))));
    }

    /**
     * Gets the next access token.
     * @param refresh good once
     * @return the next pair, or nothing where the broker has refused it
     */
    Mono<Credentials.OAuth2> refreshed(Sensitive refresh) {
        ObjectNode body = JsonTrees.object()
            .put("grant_type", "refresh_token")
            .put("refresh_token", refresh.reveal())
            .put("client_id", this.settings.clientId());
        Sensitive secret = this.settings.clientSecret();
        if (secret != null) {
            body.put("client_secret", secret.reveal());
        }
        return post(this.settings.oauth() + "/auth/oauth.v5/token", body)
            .retryWhen(Retry.backoff(RENEWALS, RENEWAL_FIRST).maxBackoff(RENEWAL_MOST).jitter(0))
            .filter((answer) -> answer.status() == 200 && !answer.text("access_token").isEmpty())
            .map((answer) -> new Credentials.OAuth2(new Sensitive(answer.text("access_token")), next(answer, refresh)))
            .onErrorResume(IllegalStateException.class, (exhausted) -> Mono.empty());
    }

    private Mono<Step> codeSent(Credentials.Password password, AuthResponse login) {
        String method = login.text("method");
        ObjectNode body = JsonTrees.object().put("method", method).put("token", login.text("token"));
        List<String> methods = new ArrayList<>();
        login.body().path("available_methods").forEach((other) -> methods.add(other.asString("")));
        return post(verifying(), body).map((answer) -> answer.code().equals("success")
                ? new Step.Finished(
                        new LoginResult.CodeRequired(method, methods, password, new Sensitive(answer.text("token"))))
                : new Step.Finished(refused(answer)));
    }

    private String verifying() {
        return this.settings.logins() + "/v2/verify/2fa";
    }

    private static Sensitive next(AuthResponse answer, Sensitive refresh) {
        String next = answer.text("refresh_token");
        return next.isEmpty() ? refresh : new Sensitive(next);
    }

    private static Step token(String ssid) {
        return ssid.isEmpty()
                ? new Step.Finished(
                        new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, "no session was given", null))
                : new Step.Authenticated(new Sensitive(ssid));
    }

    private static LoginResult.Refused refused(AuthResponse answer) {
        String message = answer.text("message");
        int ttl = answer.body().path("ttl").asInt(0);
        return switch (answer.code()) {
            case "invalid_credentials" -> new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS, message, null);
            case "invalid_code", "invalid_token" ->
                new LoginResult.Refused(LoginResult.Reason.WRONG_CODE, message, null);
            case "requests_limit_exceeded" -> new LoginResult.Refused(LoginResult.Reason.TOO_MANY, message,
                    Duration.ofSeconds((ttl > 0) ? ttl : 600));
            default -> (answer.status() == 403) ? new LoginResult.Refused(LoginResult.Reason.FORBIDDEN,
                    "The broker does not let this address log in by password. Give the token of a session.", null)
                    : new LoginResult.Refused(LoginResult.Reason.UNREACHABLE,
                            "the broker answered %d %s".formatted(answer.status(), message), null);
        };
    }

    private static LoginResult.Refused unreachable(BrokerException failure) {
        return new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, String.valueOf(failure.getMessage()), null);
    }

    private Mono<AuthResponse> post(String address, ObjectNode body) {
        return this.http.headers(this.settings::identify)
            .headers((headers) -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "application/json"))
            .post()
            .uri(URI.create(address))
            .send(ByteBufMono.fromString(Mono.just(JsonTrees.write(body))))
            .responseSingle((response, content) -> content.asString()
                .defaultIfEmpty("")
                .map((text) -> new AuthResponse(response.status().code(), JsonTrees.read(text))))
            .onErrorMap((error) -> !(error instanceof BrokerException),
                    (error) -> new BrokerException(BrokerException.Kind.NOT_CONNECTED,
                            "the broker cannot be reached: " + error.getClass().getSimpleName()));
    }

    /**
     * Where a login has come to.
     */
    sealed interface Step {

        /**
         * There is a token.
         *
         * @param token of the session
         */
        record Authenticated(Sensitive token) implements Step {

        }

        /**
         * There is none, or not yet.
         *
         * @param login what the user is told
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
