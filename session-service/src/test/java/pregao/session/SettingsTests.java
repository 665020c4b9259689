package pregao.session;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import pregao.contracts.key.Scope;
import pregao.loop.TopicSettings;
import pregao.session.account.BrokerSettings;
import pregao.session.broker.Secret;
import pregao.session.broker.BudgetSettings;
import pregao.session.first.FirstSettings;
import pregao.session.ingest.IngestSettings;
import pregao.session.limit.AttemptSettings;
import pregao.session.owner.OwnerSettings;
import pregao.session.password.PasswordSettings;
import pregao.session.polarium.PolariumSettings;
import pregao.session.price.PriceSettings;
import pregao.session.token.TokenSettings;
import pregao.session.user.SessionSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsTests {

    @Test
    void haveDefaults() {
        assertThat(bound("pregao.session", SessionSettings.class, Map.of()))
            .isEqualTo(new SessionSettings(SessionSettings.Registration.INVITATION, Duration.ofDays(7),
                    "admin@pregao.invalid", "", Path.of("first-admin-password"), null));
        assertThat(bound("pregao.session.token", TokenSettings.class, Map.of()))
            .isEqualTo(new TokenSettings(Duration.ofMinutes(5), Duration.ofDays(30), Duration.ofHours(1)));
        assertThat(bound("pregao.session.password", PasswordSettings.class, Map.of()))
            .isEqualTo(new PasswordSettings(19456, 2, 50));
        assertThat(bound("pregao.session.attempt", AttemptSettings.class, Map.of()))
            .isEqualTo(new AttemptSettings(5, Duration.ofMinutes(2), 50, Duration.ofSeconds(2), 30,
                    Duration.ofMinutes(1), 10, Duration.ofMinutes(15)));
        assertThat(bound("pregao", TopicSettings.class, Map.of())).isEqualTo(new TopicSettings(4, 1));
        assertThat(bound("pregao", FirstSettings.class, Map.of()).keys()).isEmpty();
        assertThat(bound("pregao.session.owner", OwnerSettings.class, Map.of()))
            .isEqualTo(new OwnerSettings("", Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(3)));
        assertThat(bound("pregao.broker", BrokerSettings.class, Map.of()))
            .isEqualTo(new BrokerSettings(Duration.ofMinutes(30), 10, false));
    }

    @Test
    void areMappedFromTheEnvironment() {
        String id = "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001";
        SessionSettings settings = bound("pregao.session", SessionSettings.class,
                Map.of("PREGAO_SESSION_REGISTRATION", "open", "PREGAO_SESSION_ADMIN_EMAIL", " Me@Here ",
                        "PREGAO_SESSION_ADMIN_PASSWORD", "secret", "PREGAO_SESSION_ADMIN_PASSWORD_FILE", "/data/first",
                        "PREGAO_SESSION_ADMIN_ID", id));
        assertThat(settings).isEqualTo(new SessionSettings(SessionSettings.Registration.OPEN, Duration.ofDays(7),
                "me@here", "secret", Path.of("/data/first"), UUID.fromString(id)));
        assertThat(settings.toString()).doesNotContain("secret");
        FirstSettings.FirstKey key = bound("pregao", FirstSettings.class,
                Map.of("PREGAO_KEYS_0_HASH", "h", "PREGAO_KEYS_0_FEED", "f", "PREGAO_KEYS_0_SCOPES", "ingest,read"))
            .keys()
            .getFirst();
        assertThat(key).isEqualTo(new FirstSettings.FirstKey("h", "f", Set.of(Scope.INGEST, Scope.READ)));
    }

    @Test
    void ofBrokersAndOwnersAreMappedFromTheEnvironment() {
        assertThat(bound("pregao.broker", BrokerSettings.class,
                Map.of("PREGAO_BROKER_IDLE", "1m", "PREGAO_BROKER_ACCOUNTS", "3", "PREGAO_BROKER_REAL_MONEY", "true")))
            .isEqualTo(new BrokerSettings(Duration.ofMinutes(1), 3, true));
        assertThat(bound("pregao.session.owner", OwnerSettings.class,
                Map.of("PREGAO_SESSION_OWNER_ADDRESS", "http://here", "PREGAO_SESSION_OWNER_SILENCE", "9s")))
            .isEqualTo(new OwnerSettings("http://here", Duration.ofSeconds(1), Duration.ofSeconds(9),
                    Duration.ofSeconds(3)));
        PolariumSettings polarium = bound("pregao.polarium", PolariumSettings.class,
                Map.of("PREGAO_POLARIUM_SOCKET", "wss://there/echo", "PREGAO_POLARIUM_LOGINS", "https://there",
                        "PREGAO_POLARIUM_OAUTH", "https://there", "PREGAO_POLARIUM_ORIGIN", "https://site",
                        "PREGAO_POLARIUM_CLIENT_ID", "7", "PREGAO_POLARIUM_CLIENT_SECRET", "hush",
                        "PREGAO_POLARIUM_PLATFORM", "82", "PREGAO_POLARIUM_AGENT", "Some agent/1.0"));
        assertThat(polarium).isEqualTo(new PolariumSettings(URI.create("https://there"), URI.create("https://there"),
                URI.create("wss://there/echo"), "https://site", 7, new Secret("hush"), false, "82", "Some agent/1.0"));
        assertThat(polarium.toString()).doesNotContain("hush");
    }

    @Test
    void fenceThatFallsAfterOthersHaveTakenOverIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new OwnerSettings("", Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(3)));
    }

    @Test
    void pricesHaveTheirOwn() {
        assertThat(bound("pregao.price", PriceSettings.class, Map.of()))
            .isEqualTo(new PriceSettings(Map.of(), 100, 20, Duration.ofDays(1), 20, Map.of()));
        assertThat(bound("pregao.price", PriceSettings.class,
                Map.of("PREGAO_PRICE_SYMBOLS_POLARIUM", "EURUSD-OTC,X", "PREGAO_PRICE_MOSTOFPERSON", "7")))
            .isEqualTo(new PriceSettings(Map.of("polarium", List.of("EURUSD-OTC", "X")), 100, 7, Duration.ofDays(1), 20,
                    Map.of()));
        PriceSettings system = bound("pregao.price", PriceSettings.class, Map.of("PREGAO_PRICE_REQUESTS", "7",
                "PREGAO_PRICE_SYSTEM_POLARIUM_IDENTIFIER", "me@here", "PREGAO_PRICE_SYSTEM_POLARIUM_PASSWORD", "hush"));
        assertThat(system.requests()).isEqualTo(7);
        assertThat(system.system()).containsOnlyKeys("polarium");
        assertThat(system.toString()).doesNotContain("hush");
        assertThat(bound("pregao.ingest", IngestSettings.class, Map.of()))
            .isEqualTo(new IngestSettings(URI.create("http://127.0.0.1:8082"), Duration.ofSeconds(10)));
        assertThat(bound("pregao.ingest", IngestSettings.class, Map.of("PREGAO_INGEST_URL", "http://ingest:1")).url())
            .isEqualTo(URI.create("http://ingest:1"));
        assertThat(bound("pregao.broker.budget", BudgetSettings.class, Map.of()))
            .isEqualTo(new BudgetSettings(500, 100));
        assertThat(bound("pregao.broker.budget", BudgetSettings.class, Map.of("PREGAO_BROKER_BUDGET_REQUESTS", "9")))
            .isEqualTo(new BudgetSettings(9, 100));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new PriceSettings(Map.of(), 0, 1, Duration.ZERO, 1, Map.of()));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new PriceSettings(Map.of(), 1, 1, Duration.ofDays(31), 1, Map.of()));
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, Object> values) {
        ConfigurationPropertySource source = values.isEmpty() ? new MapConfigurationPropertySource(Map.of())
                : java.util.Objects.requireNonNull(ConfigurationPropertySource
                    .from(new SystemEnvironmentPropertySource("systemEnvironment", values)));
        return new Binder(source).bindOrCreate(prefix, type);
    }

}
