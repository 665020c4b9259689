package pregao.session;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import pregao.session.identity.password.PasswordHasher;
import pregao.session.identity.password.PasswordProperties;
import pregao.testsupport.BlockHoundSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test of a thousand logins within a minute, with password hashes as costly as in
 * production.
 */
@Tag("long")
class ThousandLoginsTests {

    private static final int PEOPLE = 1000;

    private static final int WARM_UP = 50;

    private static final Duration SPREAD = Duration.ofMinutes(1);

    @Test
    void allAreInInTime() {
        BlockHoundSupport.mustNotBlock();
        PasswordProperties earnest = new PasswordProperties(19456, 2, 50);
        PasswordHasher passwords = new PasswordHasher(earnest);
        String hash = Objects
            .requireNonNull(passwords.encode(SessionTestEnvironment.PASSWORD).block(Duration.ofSeconds(60)));
        passwords.destroy();
        try (SessionTestEnvironment stack = SessionTestEnvironment.start();
                var service = stack.another("--pregao.session.password.memory=19456");
                HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            register(stack, hash);
            URI login = URI.create("http://127.0.0.1:%s/api/auth/login"
                .formatted(service.getEnvironment().getProperty("local.server.port")));
            // The delays of the first requests after startup are not measured.
            for (int i = 0; i < WARM_UP; i++) {
                login(client, login, i).join();
            }
            ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
            AtomicInteger in = new AtomicInteger();
            List<CompletableFuture<?>> futures = new ArrayList<>();
            long begin = System.nanoTime();
            for (int i = 0; i < PEOPLE; i++) {
                LockSupport.parkNanos(begin + SPREAD.toNanos() * i / PEOPLE - System.nanoTime());
                long startNanos = System.nanoTime();
                futures.add(login(client, login, i).thenAccept((response) -> {
                    in.addAndGet((response.statusCode() == 200) ? 1 : 0);
                    took.add(System.nanoTime() - startNanos);
                }));
            }
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
            List<Long> sorted = new ArrayList<>(took);
            Collections.sort(sorted);
            System.out.printf("%d of %d logins within %s: p50 %d ms, p99 %d ms, longest %d ms%n", in.get(), PEOPLE,
                    Duration.ofNanos(System.nanoTime() - begin), sorted.get(PEOPLE / 2) / 1_000_000,
                    sorted.get(PEOPLE * 99 / 100) / 1_000_000, sorted.getLast() / 1_000_000);
            assertThat(in.get()).isEqualTo(PEOPLE);
        }
    }

    private static CompletableFuture<HttpResponse<String>> login(HttpClient client, URI login, int userIndex) {
        HttpRequest request = HttpRequest.newBuilder(login)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"p%d@example.com\",\"password\":\"%s\"}"
                .formatted(userIndex, SessionTestEnvironment.PASSWORD)))
            .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void register(SessionTestEnvironment stack, String hash) {
        stack.execute("""
                insert into session.person (id, email, password, roles, created_at)
                select gen_random_uuid(), 'p' || n || '@example.com', '%s', '{trader}', now()
                from generate_series(0, %d) n""".formatted(hash, PEOPLE - 1));
    }

}
