package pregao.system;

import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.devcluster.InstallationCredentials;
import pregao.system.driver.Answer;
import pregao.system.driver.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every call that any service's document names, by everything that looks like a token and
 * is none. A call that comes later is in the document and so is tried here, too.
 */
@SystemTest
class TokenSystemTests {

    private static final List<String> SERVICES = List.of("ingest", "aggregator", "indicators", "strategy", "session");

    /** What anybody may ask. */
    private static final Set<String> OPEN = Set.of("GET /health", "POST /api/auth/login", "POST /api/auth/refresh",
            "POST /api/auth/register", "POST /api/auth/password/reset", "GET /.well-known/jwks.json");

    private static final String ID = "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001";

    @Test
    void everyCallRefusesEveryBadTokenAtTheDoor(SystemUnderTest system) throws GeneralSecurityException {
        Http door = new Http(system.url());
        List<String> calls = SERVICES.stream()
            .flatMap((service) -> calls(door.get("/v3/api-docs/" + service)))
            .filter((call) -> !call.contains(" /internal/"))
            .toList();
        assertThat(calls).contains("POST /ingest", "GET /api/market-data", "DELETE /api/keys/{id}")
            .hasSizeGreaterThan(30);
        refused(door, calls, ForgedTokens.all(secret(), keys(door)));
    }

    @Test
    void everyCallRefusesEveryBadTokenAtItsService(SystemUnderTest system) throws GeneralSecurityException {
        List<ForgedTokens> forged = ForgedTokens.all(secret(), keys(new Http(system.url())));
        for (String service : SERVICES) {
            Http inside = new Http(URI.create(system.stack().serviceUrl(service)));
            refused(inside, calls(inside.get("/v3/api-docs")).toList(), forged);
        }
    }

    @Test
    void theTokenFromWhichTheBadOnesAreMadeIsGoodInsideAndNotAtTheDoor(SystemUnderTest system)
            throws GeneralSecurityException {
        Http door = new Http(system.url());
        String[] good = { "Authorization", "Bearer " + ForgedTokens.good(secret(), keys(door)) };
        Http indicators = new Http(URI.create(system.stack().serviceUrl("indicators")));
        assertThat(indicators.with(good).get("/api/instruments").status()).isEqualTo(200);
        assertThat(door.with(good).get("/api/instruments").status()).isEqualTo(401);
    }

    private static void refused(Http nobody, List<String> calls, List<ForgedTokens> all) {
        for (ForgedTokens forged : all) {
            Http caller = forged.text().isEmpty() ? nobody
                    : nobody.with("Authorization", "Bearer " + forged.text(), "Content-Type", "application/json");
            for (String call : calls) {
                String[] parts = call.split(" ", 2);
                Answer answer = caller.send(parts[0], parts[1].replaceAll("\\{\\w+}", ID), new byte[0]);
                assertThat(answer.status()).as("%s with %s: %s", call, forged.what(), answer).isEqualTo(401);
            }
        }
    }

    private static Stream<String> calls(Answer document) {
        assertThat(document.status()).as(document.toString()).isEqualTo(200);
        return document.json()
            .path("paths")
            .properties()
            .stream()
            .flatMap((path) -> path.getValue()
                .propertyNames()
                .stream()
                .map((method) -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
            .filter((call) -> !OPEN.contains(call));
    }

    private static JsonNode keys(Http nobody) {
        return nobody.get("/.well-known/jwks.json").json().path("keys");
    }

    private static String secret() {
        return new InstallationCredentials(Path.of("target", "pregao").toAbsolutePath()).tokenSecret();
    }

}
