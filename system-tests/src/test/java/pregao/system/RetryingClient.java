package pregao.system;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

import pregao.devcluster.InstallationCredentials;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first person, who asks again while services are down, and logs in again before the
 * token ends.
 */
final class RetryingClient {

    private static final Duration LOGIN = Duration.ofMinutes(4);

    private final SystemUnderTest system;

    private Http http;

    private long since;

    RetryingClient(SystemUnderTest system) {
        this.system = system;
        this.http = login();
    }

    /**
     * Asks until somebody answers.
     * @param method such as PUT
     * @param path with its query
     * @param body the bytes
     * @return what is neither silence nor a failure of ours
     */
    Answer ask(String method, String path, byte[] body) {
        return Await.see("an answer to " + method + " " + path, () -> tried(method, path, body),
                (answer) -> answer.status() > 0);
    }

    /**
     * Asks once.
     * @return null where nobody answered, or not what was asked
     */
    Answer tried(String method, String path, byte[] body) {
        try {
            Answer answer = current().send(method, path, body);
            boolean again = answer.status() >= 500 || answer.status() == 401 || answer.status() == 429;
            return again ? Silent.of(answer) : answer;
        }
        catch (UncheckedIOException ex) {
            return Silent.because(ex.toString());
        }
    }

    private synchronized Http current() {
        if (System.nanoTime() - this.since > LOGIN.toNanos()) {
            this.http = login();
        }
        return this.http;
    }

    private Http login() {
        Http nobody = new Http(this.system.url(), "Content-Type", "application/json");
        byte[] who = JsonBodies
            .of(Map.of("email", InstallationCredentials.ADMIN, "password", this.system.keys().adminPassword()));
        Answer in = Await.see("a login", () -> once(nobody, who), (answer) -> answer.status() < 500);
        assertThat(in.status()).as(in.toString()).isEqualTo(200);
        this.since = System.nanoTime();
        return nobody.with("Authorization", "Bearer " + in.json().path("access_token").asString());
    }

    private static Answer once(Http nobody, byte[] who) {
        try {
            return nobody.post("/api/auth/login", who);
        }
        catch (UncheckedIOException ex) {
            return new Answer(599, java.net.http.HttpHeaders.of(Map.of(), (name, value) -> true), ex.toString());
        }
    }

    /**
     * Answers that are none.
     */
    private static final class Silent {

        private Silent() {
        }

        static Answer of(Answer answer) {
            return new Answer(-answer.status(), answer.headers(), answer.body());
        }

        static Answer because(String why) {
            return new Answer(-1, java.net.http.HttpHeaders.of(Map.of(), (name, value) -> true), why);
        }

    }

}
