package pregao.session;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.session.identity.token.SignedTokens;
import pregao.session.identity.token.SigningKeyRing;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of invalid requests and their error responses.
 */
class BadInputTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "/api/auth/login | '' | 400", "/api/auth/login | nonsense | 400",
            "/api/auth/login | [] | 400", "/api/auth/login | {\"email\":{}} | 422", "/api/auth/login | null | 400",
            "/api/auth/login | {} | 422", "/api/auth/login | {\"email\":\"a\",\"password\":\"b\"} | 422",
            "/api/auth/login | {\"email\":\"a@b\",\"password\":\"\"} | 422",
            "/api/auth/login | {\"email\":\"a@b\",\"password\":\"x\\u0000\"} | 401", "/api/auth/refresh | {} | 422",
            "/api/auth/refresh | {\"refresh_token\":\"unknown\"} | 401", "/api/auth/register | {} | 422",
            "/api/auth/register | {\"email\":\"a@b\",\"password\":\"12345678901\"} | 422",
            "/api/auth/register | {\"email\":\"a@b\",\"password\":\"aaaaaaaaaaaaaaaa\"} | 422",
            "/api/auth/register | {\"email\":\"a@b\",\"password\":\"Password1234\"} | 422",
            "/api/auth/register | {\"email\":\"a@b\",\"password\":\"my pregao secret\"} | 422",
            "/api/auth/register | {\"email\":\"jose@b\",\"password\":\"i am jose silva\"} | 422" })
    void openCallsTellWhatIsWrong(String path, String body, int status) {
        TestResponse response = STACK.post(path, null, body);
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.text("trace_id")).matches("[0-9a-f]{32}");
        if (status == 422) {
            assertThat(response.json().path("errors").size()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "/api/keys | {} | 422",
                    "/api/keys | {\"label\":\"x\",\"feed\":\"mt5\",\"scopes\":[\"read\",\"root\"]} | 422",
                    "/api/keys | {\"label\":\"x\",\"feed\":\"mt5\",\"scopes\":[\"read\",null]} | 422",
                    "/api/keys | {\"label\":\"x\",\"feed\":\"mt5\",\"scopes\":\"read\"} | 422", "/api/feeds | {} | 422",
                    "/api/feeds | {\"name\":\"a b\"} | 422", "/api/feeds | {\"name\":\"ab\",\"clock\":\"Mars\"} | 422",
                    "/api/feeds | {\"name\":\"ab\",\"close_after_ms\":60001} | 422",
                    "/api/feeds | {\"name\":\"ab\",\"calendar\":\"lunar\"} | 422",
                    "/api/feeds | {\"name\":\"ab\",\"price_basis\":\"MID\"} | 422", "/api/auth/totp/confirm | {} | 422",
                    "/api/auth/totp/confirm | {\"code\":\"123456\"} | 401", "/api/auth/nothing | {} | 404",
                    "/api/brokers | {} | 405", "/api/brokers/polarium/accounts | {} | 422",
                    "/api/brokers/polarium/accounts | [] | 400",
                    "/api/brokers/polarium/accounts | {\"kind\":\"password\",\"identifier\":\"\",\"password\":7} | 422",
                    "/api/brokers/elsewhere/accounts | {} | 404" })
    void callsOfPeopleTellWhatIsWrong(String path, String body, int status) {
        TestResponse response = STACK.post(path, Shared.TOKEN, body);
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/api/auth/register | {\"email\":\"a?@b\",\"password\":\"a rather long secret\"} | email",
            "/api/auth/register | {\"email\":\"a@b\",\"password\":\"abcdefghijkl?\"} | password",
            "/api/auth/register | {\"email\":\"a@b\",\"password\":\"a rather long one\",\"invitation\":\"?\"} | invitation",
            "/api/auth/refresh | {\"refresh_token\":\"?\"} | refresh_token",
            "/api/auth/password | {\"current_password\":\"?\",\"new_password\":\"a rather long one\"} | current_password",
            "/api/auth/password | {\"current_password\":\"x\",\"new_password\":\"a rather long one?\"} | new_password",
            "/api/auth/totp | {\"password\":\"?\"} | password", "/api/auth/totp/confirm | {\"code\":\"?\"} | code",
            "/api/auth/totp/off | {\"password\":\"?\"} | password",
            "/api/users/me/erasure | {\"password\":\"?\"} | password",
            "/api/keys | {\"label\":\"?\",\"feed\":\"mt5\",\"scopes\":[\"read\"]} | label",
            "/api/keys | {\"label\":\"x\",\"feed\":\"?\",\"scopes\":[\"read\"]} | feed",
            "/api/keys | {\"label\":\"x\",\"feed\":\"mt5\",\"scopes\":[\"read\",\"?\"]} | scopes[1]",
            "/api/feeds | {\"name\":\"a?\"} | name", "/api/feeds | {\"name\":\"ab\",\"clock\":\"UTC?\"} | clock",
            "/api/brokers/polarium/accounts | {\"kind\":\"password\",\"identifier\":\"?\",\"password\":\"x\"} | identifier",
            "/api/brokers/polarium/accounts | {\"kind\":\"session\",\"token\":\"?\"} | token",
            "/api/brokers/polarium/accounts | {\"label\":\"?\",\"kind\":\"session\",\"token\":\"x\"} | label" })
    void textThatCannotBeKeptIsNamed(String path, String body, String field) {
        for (String bad : List.of("\\ud800", "\\udc00", "\\u0000", "\\u001b", "\\n")) {
            TestResponse response = STACK.post(path, Shared.TOKEN, body.replace("?", bad));
            assertThat(response.status()).as(bad + ": " + response.body()).isEqualTo(422);
            assertThat(response.json().at("/errors/0/field").asString()).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "{\"email\":\"a?@example.com\",\"password\":\"abcdefghijkl\"}",
                    "{\"email\":\"a@example.com\",\"password\":\"abcdefghijkl?\"}",
                    "{\"email\":\"a@example.com\",\"password\":\"abcdefghijkl\",\"code\":\"?\"}" })
    void loginWithATextThatNobodyCanHaveIsRefusedAsAnyOther(String body) {
        for (String bad : List.of("\\ud800", "\\u0000")) {
            String address = "2001:db8:36:%x::1".formatted(body.replace("?", bad).hashCode() & 0xffff);
            TestResponse response = STACK.send(STACK
                .from(address, STACK.request("/api/auth/login", null).header("Content-Type", "application/json"))
                .POST(HttpRequest.BodyPublishers.ofString(body.replace("?", bad))));
            assertThat(response.status()).as(bad + ": " + response.body()).isEqualTo(401);
            assertThat(response.problem()).isEqualTo("wrong-credentials");
        }
    }

    @Test
    void pathsAndParametersHavePlainTextsOnly() {
        TestResponse parameter = STACK.get("/api/auth/events?limit=%00", Shared.TOKEN);
        assertThat(parameter.status()).isEqualTo(400);
        assertThat(parameter.json().at("/errors/0/field").asString()).isEqualTo("limit");
        assertThat(STACK.get("/api/feeds/a%1b", Shared.TOKEN).status()).isEqualTo(404);
        TestResponse name = STACK.post("/api/feeds", Shared.TOKEN, "{\"name\":\"ab\",\"\\u0000\":1}");
        assertThat(name.status()).as(name.body()).isEqualTo(422);
        TestResponse testResponse = STACK.post("/api/feeds", Shared.TOKEN, "{\"name\":\"ab\",\"\\ud800\":1}");
        assertThat(testResponse.status()).as(testResponse.body()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "{\"name\":\"ab\",\"clok\":\"UTC\"} | clok",
                    "{\"name\":\"ab\",\"close_after_ms\":10.7} | close_after_ms",
                    "{\"name\":\"ab\",\"close_after_ms\":10.0} | close_after_ms",
                    "{\"name\":\"ab\",\"close_after_ms\":\"10\"} | close_after_ms",
                    "{\"name\":\"ab\",\"event_time\":\"true\"} | event_time", "{\"name\":7} | name",
                    "{\"name\":[\"ab\"]} | name" })
    void whatIsNotUnderstoodIsNamed(String body, String field) {
        TestResponse response = STACK.post("/api/feeds", Shared.TOKEN, body);
        assertThat(response.status()).as(response.body()).isEqualTo(422);
        assertThat(response.json().at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(response.json().at("/errors/0/expected").asString()).isNotBlank();
    }

    @Test
    void everyCallWithABodyRefusesAFieldThatNobodyKnows() {
        List<String> calls = everyCallWithABody().toList();
        assertThat(calls).hasSizeGreaterThan(10);
        String admin = STACK.login(SessionTestEnvironment.ADMIN).text("access_token");
        for (String call : calls) {
            String[] parts = call.split(" ", 2);
            TestResponse response = STACK.send(STACK
                .request(parts[1].replace("{broker}", "polarium")
                    .replaceAll("\\{\\w+\\}", "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"), admin)
                .header("Content-Type", "application/json")
                .method(parts[0], HttpRequest.BodyPublishers.ofString("{\"unknown-field\":1}")));
            assertThat(response.status()).as(call + ": " + response.body()).isEqualTo(422);
            assertThat(response.json().at("/errors/0/field").asString()).as(call).isEqualTo("unknown-field");
        }
    }

    private static Stream<String> everyCallWithABody() {
        return calls((operation) -> operation.has("requestBody"));
    }

    /** Returns the calls of the API document as method and path. */
    private static Stream<String> calls(Predicate<JsonNode> which) {
        JsonNode paths = JsonMapper.shared().readTree(STACK.get("/v3/api-docs", null).body()).path("paths");
        return paths.properties()
            .stream()
            .filter((path) -> path.getKey().startsWith("/api/"))
            .flatMap((path) -> path.getValue()
                .propertyStream()
                .filter((method) -> which.test(method.getValue()))
                .map((method) -> method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()));
    }

    @ParameterizedTest
    @CsvSource({ "/api/auth/logins/not-a-uuid, DELETE, 400", "/api/keys/1, DELETE, 400",
            "/api/auth/events?limit=0, GET, 422", "/api/auth/events?limit=x, GET, 400", "/api/auth/login, GET, 405" })
    void pathsAndParametersAreLookedAt(String path, String method, int status) {
        TestResponse response = STACK
            .send(STACK.request(path, Shared.TOKEN).method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(response.status()).as(response.body()).isEqualTo(status);
    }

    static Stream<String> everyCall() {
        return calls((operation) -> true)
            .filter((call) -> !call.matches("POST /api/auth/(login|refresh|register|password/reset)"));
    }

    private static HttpRequest.Builder request(String call, String token) {
        String[] parts = call.split(" ", 2);
        return STACK.request(parts[1].replaceAll("\\{\\w+\\}", "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001"), token)
            .method(parts[0], HttpRequest.BodyPublishers.noBody());
    }

    @Test
    void documentNamesEveryCall() {
        assertThat(everyCall().toList()).hasSizeGreaterThan(20)
            .contains("DELETE /api/keys/{id}", "POST /api/auth/totp/confirm");
    }

    static List<String> badTokens() {
        ECKey otherKey = TestTokenIssuer.newKey(keyId());
        JWTClaimsSet good = claims(60);
        return List.of("nonsense", "a.b.c", "ey.ey.ey", sign(good, otherKey),
                sign(good, TestTokenIssuer.newKey("unknown")), new PlainJWT(good).serialize(), macSigned(good),
                withoutSignature(Shared.TOKEN), otherClaims(Shared.TOKEN),
                SignedTokens.expired(STACK.bean(SigningKeyRing.class)),
                SignedTokens.forOthers(STACK.bean(SigningKeyRing.class)),
                SignedTokens.byOthers(STACK.bean(SigningKeyRing.class)),
                SignedTokens.ofNobody(STACK.bean(SigningKeyRing.class)));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void tokenThatIsNotOursIsRefused(String token) {
        everyCall().forEach((call) -> {
            TestResponse response = STACK.send(request(call, token));
            assertThat(response.status()).as(call + ": " + response.body()).isEqualTo(401);
            assertThat(response.problem()).isEqualTo("unauthenticated");
        });
    }

    private static String keyId() {
        return STACK.get("/.well-known/jwks.json", null).json().path("keys").get(0).path("kid").asString();
    }

    private static String withoutSignature(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    /**
     * Returns the token with another login's claims in the middle, and the signature of
     * the first.
     */
    private static String otherClaims(String token) {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = claims.replaceFirst("\"trader\"", "\"admin\"");
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
    }

    private static JWTClaimsSet claims(int seconds) {
        Instant now = Clock.systemUTC().instant();
        return new JWTClaimsSet.Builder().subject("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001")
            .issuer("pregao-session")
            .audience("pregao-api")
            .claim("sid", "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002")
            .expirationTime(Date.from(now.plusSeconds(seconds)))
            .build();
    }

    private static String sign(JWTClaimsSet claims, ECKey key) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static String macSigned(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId()).build(), claims);
            token.sign(new MACSigner(new byte[64]));
            return token.serialize();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static final class Shared {

        private static final String TOKEN = STACK.token("bad-input@example.com");

    }

}
