package pregao.ingest.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pregao.contracts.feed.Feed;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.feed.FeedRegistry;
import pregao.ingest.key.ApiKeyAuthenticator;
import pregao.ingest.key.ApiKeyRegistry;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link CallerCheck}.
 */
class CallerCheckTests {

    private static final String TOKEN = "ey.a.b";

    private final ApiKeyRegistry keys = new ApiKeyRegistry();

    private final FeedRegistry feeds = new FeedRegistry();

    @Test
    void rejectsWithUnavailableUntilFeedsAreLoaded() {
        assertRejected(check(Mono.just(login("person", "read"))), bearer(TOKEN), ProblemType.UNAVAILABLE);
    }

    @Test
    void rejectsWithUnavailableIfTokenCannotBeChecked() {
        this.keys.markLoaded();
        assertRejected(check(Mono.error(new AuthenticationServiceException("away"))), bearer(TOKEN),
                ProblemType.UNAVAILABLE);
        assertRejected(check(Mono.error(new BadJwtException("bad"))), bearer(TOKEN), ProblemType.UNAUTHORIZED);
    }

    @Test
    void allowsOwnFeedsToUserAndAllFeedsToAdmin() {
        this.keys.markLoaded();
        this.feeds.put("mine", Feed.named("mine"), "person");
        this.feeds.put("theirs", Feed.named("theirs"), "another-user");
        this.feeds.put("replay", Feed.named("replay"), null);

        Caller user = caller(check(Mono.just(login("person", "read"))), bearer(TOKEN));
        assertThat(user.user()).isEqualTo("person");
        assertThat(user.resolveFeed("mine")).isEqualTo("mine");
        for (String name : List.of("theirs", "replay", "nowhere", "")) {
            assertThatThrownBy(() -> user.resolveFeed(name)).isInstanceOfSatisfying(IngestException.class,
                    (problem) -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
        }
        Caller admin = caller(check(Mono.just(login("boss", "read", "admin"))), bearer(TOKEN));
        for (String any : List.of("mine", "theirs", "replay")) {
            assertThat(admin.resolveFeed(any)).isEqualTo(any);
        }
    }

    @Test
    void removesOwnerOfFeed() {
        this.keys.markLoaded();
        this.feeds.put("mine", Feed.named("mine"), "person");
        this.feeds.put("mine", Feed.named("mine"), "another-user");

        Caller user = caller(check(Mono.just(login("person", "read"))), bearer(TOKEN));
        assertThatThrownBy(() -> user.resolveFeed("mine")).isInstanceOf(IngestException.class);
    }

    @Test
    void acceptsKeyInEitherHeader() {
        this.keys.put(ApiKey.hash("key"), new ApiKey(ApiKey.hash("key"), "owner", "mt5", Set.of(Scope.INGEST), false));
        this.keys.markLoaded();
        CallerCheck check = check(Mono.error(new IllegalStateException("a key is no token")));

        assertThat(caller(check, bearer("key")).resolveFeed(null)).isEqualTo("mt5");
        HttpHeaders blank = bearer("key");
        blank.set("X-API-Key", " ");
        assertThat(caller(check, blank).resolveFeed(null)).isEqualTo("mt5");
        assertThat(caller(check, blank).resolveFeed("mt5")).isEqualTo("mt5");
        assertThatThrownBy(() -> caller(check, blank).resolveFeed("athens")).isInstanceOf(IngestException.class);
        assertRejected(check, new HttpHeaders(), ProblemType.UNAUTHORIZED);
    }

    private CallerCheck check(Mono<Jwt> decoded) {
        ReactiveJwtDecoder tokens = (token) -> decoded;
        return new CallerCheck(new ApiKeyAuthenticator(this.keys), this.feeds, tokens);
    }

    private static Jwt login(String user, String scope, String... roles) {
        return Jwt.withTokenValue(TOKEN)
            .header("alg", "ES256")
            .subject(user)
            .claim("scope", scope)
            .claim("roles", List.of(roles))
            .issuedAt(Instant.EPOCH)
            .build();
    }

    private static HttpHeaders bearer(String credential) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(credential);
        return headers;
    }

    private static Caller caller(CallerCheck check, HttpHeaders headers) {
        Caller caller = check.authenticate(headers).block(Duration.ofSeconds(10));
        assertThat(caller).isNotNull();
        return java.util.Objects.requireNonNull(caller);
    }

    private static void assertRejected(CallerCheck check, HttpHeaders headers, ProblemType type) {
        StepVerifier.create(check.authenticate(headers))
            .expectErrorSatisfies((failure) -> assertThat(((IngestException) failure).type()).isEqualTo(type))
            .verify(Duration.ofSeconds(10));
    }

}
