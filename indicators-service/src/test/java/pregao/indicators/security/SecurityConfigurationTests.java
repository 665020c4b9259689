package pregao.indicators.security;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.web.reactive.server.WebTestClient;

import pregao.indicators.IndicatorsTestEnvironment;
import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ScopeTable;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

/**
 * Tests for the tokens that {@code /api} accepts.
 */
class SecurityConfigurationTests {

    private static final TestTokenIssuer SIGNER = new TestTokenIssuer();

    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        service = IndicatorsTestEnvironment.start(MarketTestDatabase.shared(), SIGNER.url());
    }

    @AfterAll
    static void stop() {
        service.close();
        SIGNER.stop();
    }

    @TestFactory
    List<DynamicTest> everyCallIsForWhomTheTableSays() {
        return new ScopeTable("indicators", service.url(), SIGNER::credential).tests();
    }

    static Stream<Arguments> refused() {
        return Stream.of(Arguments.of("expired", SIGNER.expired()), Arguments.of("for others", SIGNER.forOthers()),
                Arguments.of("by others", SIGNER.byOthers()), Arguments.of("by nobody", SIGNER.byNobody()),
                Arguments.of("forged", SIGNER.forged()), Arguments.of("alg none", SIGNER.unsigned()),
                Arguments.of("without end", SIGNER.withoutExpiry()), Arguments.of("garbage", "abc.def.ghi"),
                Arguments.of("missing", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesATokenThatIs(String kind, @Nullable String token) {
        instruments(token).expectStatus()
            .isUnauthorized()
            .expectHeader()
            .contentType("application/problem+json")
            .expectHeader()
            .valueMatches("WWW-Authenticate", "Bearer.*")
            .expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/unauthenticated");
    }

    private static WebTestClient.ResponseSpec instruments(@Nullable String token) {
        return service.client().get().uri("/api/instruments").headers((headers) -> {
            if (token != null) {
                headers.setBearerAuth(token);
            }
        }).exchange();
    }

}
