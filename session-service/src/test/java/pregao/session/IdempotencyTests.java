package pregao.session;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;

import pregao.simulator.polarium.AccountKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a POST that is sent again with its {@code Idempotency-Key} creates nothing a
 * second time.
 */
class IdempotencyTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    /** The calls without a key, and why a second request does no harm. */
    private static final Map<String, String> WITHOUT_KEY = new TreeMap<>(
            Map.ofEntries(Map.entry("LoginController.login", "a login more is one that ends by itself"),
                    Map.entry("LoginController.refresh", "the token is the key"),
                    Map.entry("LoginController.logout", "the login has ended"),
                    Map.entry("PasswordController.changePassword", "the password is changed"),
                    Map.entry("PasswordResetController.createLink", "the last link takes the place of the others"),
                    Map.entry("PasswordResetController.resetPassword", "a link is good once"),
                    Map.entry("RegisterController.register", "an address is one person"),
                    Map.entry("UserController.eraseCurrentUser", "the person is erased"),
                    Map.entry("TotpController.startSetup", "the secret is replaced"),
                    Map.entry("TotpController.confirmSetup", "a code is good once"),
                    Map.entry("TotpController.disable", "codes are off"),
                    Map.entry("FeedController.createFeed", "a name is one feed"),
                    Map.entry("ConnectController.submitCode", "a step is good once"),
                    Map.entry("ConnectController.reconnect", "the account is there")));

    @Test
    void everyPostTakesAKeyOrMakesNothing() {
        Set<String> without = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("pregao.session")
            .stream()
            .flatMap((type) -> type.getMethods().stream())
            .filter((method) -> method.isAnnotatedWith(PostMapping.class))
            .filter((method) -> Arrays.stream(method.reflect().getParameters())
                .map((parameter) -> parameter.getAnnotation(RequestHeader.class))
                .noneMatch((header) -> header != null && header.name().equals("Idempotency-Key")))
            .map((method) -> method.getOwner().getSimpleName() + "." + method.getName())
            .collect(Collectors.toSet());
        assertThat(without).as("a new POST that makes something takes an Idempotency-Key")
            .containsExactlyInAnyOrderElementsOf(WITHOUT_KEY.keySet());
    }

    @Test
    void sameKeyMakesOneApiKeyAndOneInvitation() {
        String admin = STACK.login(SessionTestEnvironment.ADMIN).text("access_token");
        Map<String, ?> key = Map.of("label", "twice", "feed", "mt5", "scopes", List.of("read"));
        TestResponse created = post("/api/keys", admin, key, "k1");
        TestResponse repeated = post("/api/keys", admin, key, "k1");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(repeated.problem()).isEqualTo("key-made");
        assertThat(repeated.text("detail")).contains(created.text("id"));
        assertThat(STACK.sql("select count(*) from session.api_key where label = 'twice'")).isEqualTo("1");
        assertThat(post("/api/keys", admin, key, "k2").status()).isEqualTo(201);
        assertThat(post("/api/keys", admin, key, "k".repeat(129)).status()).isEqualTo(422);

        assertThat(post("/api/users/invitations", admin, Map.of(), "k1").status()).isEqualTo(201);
        assertThat(post("/api/users/invitations", admin, Map.of(), "k1").problem()).isEqualTo("invitation-made");
        assertThat(STACK.post("/api/users/invitations", admin, Map.of()).status()).isEqualTo(201);
    }

    @Test
    void sameKeyConnectsOneAccount() {
        String token = STACK.token("connects.once@example.com");
        Map<String, ?> account = BrokerAccountTests.password(BrokerAccountTests.trader(AccountKind.PLAIN));
        TestResponse created = post("/api/brokers/polarium/accounts", token, account, "k1");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        TestResponse repeated = post("/api/brokers/polarium/accounts", token, account, "k1");
        assertThat(repeated.text("id")).isEqualTo(created.text("id"));
        assertThat(STACK.get("/api/brokers/accounts", token).json().path("items").size()).isEqualTo(1);
    }

    private static TestResponse post(String path, String token, Map<String, ?> body, String key) {
        return STACK.send(STACK.request(path, token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(SessionTestEnvironment.json(body)));
    }

}
