package pregao.simulator.polarium;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * The HTTP calls by which somebody gets in.
 */
final class LoginHandler {

    private static final int LOCK_SECONDS = 600;

    private static final List<String> METHODS = List.of("sms", "email");

    private final Logins logins;

    LoginHandler(Logins logins) {
        this.logins = logins;
    }

    LoginResponse login(JsonNode body) {
        Account account = this.logins.account(body.path("identifier").asString(""));
        if (account != null && account.kind() == AccountKind.FORBIDDEN) {
            return new LoginResponse(403, Json.object().put("message", "Access denied"), null);
        }
        if (account != null && account.kind() == AccountKind.RATE_LIMITED) {
            return new LoginResponse(429,
                    said("requests_limit_exceeded",
                            "The number of requests has been exceeded. Try again in 10 minutes.")
                        .put("ttl", LOCK_SECONDS),
                    null);
        }
        if (account == null || !account.password().equals(body.path("password").asString(""))) {
            return new LoginResponse(401,
                    said("invalid_credentials",
                            "You entered the wrong credentials. Please check that the login/password is correct."),
                    null);
        }
        boolean proven = account.equals(this.logins.used(body.path("token").asString(""), Logins.Purpose.CODE_GIVEN));
        if (account.kind() == AccountKind.TWO_FACTOR && !proven) {
            ObjectNode verify = Json.object()
                .put("code", "verify")
                .put("method", METHODS.getFirst())
                .put("token", this.logins.grant(Logins.Purpose.CODE_WANTED, account));
            METHODS.forEach(verify.putArray("available_methods")::add);
            return new LoginResponse(200, verify, null);
        }
        String ssid = this.logins.grant(Logins.Purpose.SESSION, account);
        return new LoginResponse(200,
                Json.object()
                    .put("code", "success")
                    .put("ssid", ssid)
                    .put("token", ssid)
                    .put("user_id", account.userId())
                    .put("company_id", 1),
                ssid);
    }

    LoginResponse verify(JsonNode body) {
        String token = body.path("token").asString("");
        if (!body.has("code")) {
            if (!METHODS.contains(body.path("method").asString(""))) {
                return new LoginResponse(400,
                        said("unsupported",
                                "This verification method is not supported. Choose another method or try again later."),
                        null);
            }
            return step(this.logins.used(token, Logins.Purpose.CODE_WANTED), Logins.Purpose.CODE_SENT);
        }
        if (!this.logins.code().equals(body.path("code").asString(""))) {
            return new LoginResponse(400, said("invalid_code", "The code is wrong."), null);
        }
        return step(this.logins.used(token, Logins.Purpose.CODE_SENT), Logins.Purpose.CODE_GIVEN);
    }

    LoginResponse token(JsonNode body) {
        String refresh = body.path("refresh_token").asString("");
        String code = body.path("code").asString("");
        boolean first = body.path("grant_type").asString("").equals("authorization_code");
        Account account;
        if (first) {
            boolean proven = this.logins.proves(code, body.path("code_verifier").asString(""));
            account = proven ? this.logins.used(code, Logins.Purpose.AUTHORIZATION) : null;
        }
        else {
            account = this.logins.used(refresh, Logins.Purpose.REFRESH);
        }
        if (account == null) {
            return new LoginResponse(400, said("invalid_grant", "The grant is not valid."), null);
        }
        return new LoginResponse(200,
                Json.object()
                    .put("access_token", this.logins.grant(Logins.Purpose.ACCESS, account))
                    .put("token_type", "Bearer")
                    .put("expires_in", this.logins.accessLife())
                    .put("refresh_token", this.logins.grant(Logins.Purpose.REFRESH, account))
                    .put("scope", "full offline_access"),
                null);
    }

    LoginResponse logout(@Nullable String ssid) {
        if (ssid != null) {
            this.logins.end(ssid);
        }
        return new LoginResponse(200, Json.object().put("isSuccessful", true), null);
    }

    private LoginResponse step(@Nullable Account account, Logins.Purpose next) {
        return (account == null) ? new LoginResponse(400, said("invalid_token", "The token is not valid."), null)
                : new LoginResponse(200,
                        Json.object().put("code", "success").put("token", this.logins.grant(next, account)), null);
    }

    private static ObjectNode said(String code, String message) {
        return Json.object().put("code", code).put("message", message);
    }

    /**
     * What is answered.
     *
     * @param status of HTTP
     * @param body a tree
     * @param ssid for the cookie, or null
     */
    record LoginResponse(int status, ObjectNode body, @Nullable String ssid) {

    }

}
