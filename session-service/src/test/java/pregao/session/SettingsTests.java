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
import pregao.pipeline.consumer.TopicProperties;
import pregao.session.broker.account.BrokerProperties;
import pregao.session.broker.api.RateBudgetProperties;
import pregao.session.broker.api.Sensitive;
import pregao.session.broker.ingest.IngestClientProperties;
import pregao.session.broker.marketdata.MarketDataProperties;
import pregao.session.broker.ownership.OwnershipProperties;
import pregao.session.broker.polarium.PolariumProperties;
import pregao.session.identity.bootstrap.BootstrapProperties;
import pregao.session.identity.password.PasswordProperties;
import pregao.session.identity.ratelimit.LoginRateLimitProperties;
import pregao.session.identity.token.TokenProperties;
import pregao.session.identity.user.RegistrationProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsTests {

    @Test
    void haveDefaults() {
        assertThat(bound("pregao.session", RegistrationProperties.class, Map.of()))
            .isEqualTo(new RegistrationProperties(RegistrationProperties.Registration.INVITATION, Duration.ofDays(7),
                    "admin@pregao.invalid", "", Path.of("first-admin-password"), null));
        assertThat(bound("pregao.session.token", TokenProperties.class, Map.of()))
            .isEqualTo(new TokenProperties(Duration.ofMinutes(5), Duration.ofDays(30), Duration.ofHours(1)));
        assertThat(bound("pregao.session.password", PasswordProperties.class, Map.of()))
            .isEqualTo(new PasswordProperties(19456, 2, 50));
        assertThat(bound("pregao.session.login-rate-limit", LoginRateLimitProperties.class, Map.of()))
            .isEqualTo(new LoginRateLimitProperties(5, Duration.ofMinutes(2), 50, Duration.ofSeconds(2), 30,
                    Duration.ofMinutes(1), 10, Duration.ofMinutes(15)));
        assertThat(bound("pregao", TopicProperties.class, Map.of())).isEqualTo(new TopicProperties(4, 1));
        assertThat(bound("pregao", BootstrapProperties.class, Map.of()).keys()).isEmpty();
        assertThat(bound("pregao.session.ownership", OwnershipProperties.class, Map.of())).isEqualTo(
                new OwnershipProperties("", Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(3)));
        assertThat(bound("pregao.broker", BrokerProperties.class, Map.of()))
            .isEqualTo(new BrokerProperties(Duration.ofMinutes(30), 10, false));
    }

    @Test
    void areMappedFromTheEnvironment() {
        String id = "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001";
        RegistrationProperties settings = bound("pregao.session", RegistrationProperties.class,
                Map.of("PREGAO_SESSION_REGISTRATION", "open", "PREGAO_SESSION_ADMIN_EMAIL", " Me@Here ",
                        "PREGAO_SESSION_ADMIN_PASSWORD", "secret", "PREGAO_SESSION_ADMIN_PASSWORD_FILE", "/data/first",
                        "PREGAO_SESSION_ADMIN_ID", id));
        assertThat(settings).isEqualTo(new RegistrationProperties(RegistrationProperties.Registration.OPEN,
                Duration.ofDays(7), "me@here", "secret", Path.of("/data/first"), UUID.fromString(id)));
        assertThat(settings.toString()).doesNotContain("secret");
        BootstrapProperties.FirstKey key = bound("pregao", BootstrapProperties.class,
                Map.of("PREGAO_KEYS_0_HASH", "h", "PREGAO_KEYS_0_FEED", "f", "PREGAO_KEYS_0_SCOPES", "ingest,read"))
            .keys()
            .getFirst();
        assertThat(key).isEqualTo(new BootstrapProperties.FirstKey("h", "f", Set.of(Scope.INGEST, Scope.READ)));
    }

    @Test
    void ofBrokersAndOwnersAreMappedFromTheEnvironment() {
        assertThat(bound("pregao.broker", BrokerProperties.class,
                Map.of("PREGAO_BROKER_IDLE_TIMEOUT", "1m", "PREGAO_BROKER_MAX_ACCOUNTS", "3",
                        "PREGAO_BROKER_REAL_MONEY", "true")))
            .isEqualTo(new BrokerProperties(Duration.ofMinutes(1), 3, true));
        assertThat(bound("pregao.session.ownership", OwnershipProperties.class,
                Map.of("PREGAO_SESSION_OWNERSHIP_ADDRESS", "http://here", "PREGAO_SESSION_OWNERSHIP_TAKEOVER_TIMEOUT",
                        "9s")))
            .isEqualTo(new OwnershipProperties("http://here", Duration.ofSeconds(1), Duration.ofSeconds(9),
                    Duration.ofSeconds(3)));
        PolariumProperties polarium = bound("pregao.polarium", PolariumProperties.class,
                Map.of("PREGAO_POLARIUM_SOCKET", "wss://there/echo", "PREGAO_POLARIUM_LOGINS", "https://there",
                        "PREGAO_POLARIUM_OAUTH", "https://there", "PREGAO_POLARIUM_ORIGIN", "https://site",
                        "PREGAO_POLARIUM_CLIENT_ID", "7", "PREGAO_POLARIUM_CLIENT_SECRET", "hush",
                        "PREGAO_POLARIUM_PLATFORM", "82", "PREGAO_POLARIUM_AGENT", "Some agent/1.0"));
        assertThat(polarium).isEqualTo(new PolariumProperties(URI.create("https://there"), URI.create("https://there"),
                URI.create("wss://there/echo"), "https://site", 7, new Sensitive("hush"), false, "82",
                "Some agent/1.0"));
        assertThat(polarium.toString()).doesNotContain("hush");
    }

    @Test
    void fenceThatFallsAfterOthersHaveTakenOverIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new OwnershipProperties("", Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(3)));
    }

    @Test
    void pricesHaveTheirOwn() {
        assertThat(bound("pregao.marketdata", MarketDataProperties.class, Map.of()))
            .isEqualTo(new MarketDataProperties(Map.of(), 100, 20, Duration.ofDays(1), 20, Map.of()));
        assertThat(bound("pregao.marketdata", MarketDataProperties.class,
                Map.of("PREGAO_MARKETDATA_SYMBOLS_POLARIUM", "EURUSD-OTC,X", "PREGAO_MARKETDATA_MAXSTREAMSPERUSER",
                        "7")))
            .isEqualTo(new MarketDataProperties(Map.of("polarium", List.of("EURUSD-OTC", "X")), 100, 7,
                    Duration.ofDays(1), 20, Map.of()));
        MarketDataProperties system = bound("pregao.marketdata", MarketDataProperties.class,
                Map.of("PREGAO_MARKETDATA_REQUESTS", "7", "PREGAO_MARKETDATA_SYSTEM_POLARIUM_IDENTIFIER", "me@here",
                        "PREGAO_MARKETDATA_SYSTEM_POLARIUM_PASSWORD", "hush"));
        assertThat(system.requests()).isEqualTo(7);
        assertThat(system.system()).containsOnlyKeys("polarium");
        assertThat(system.toString()).doesNotContain("hush");
        assertThat(bound("pregao.ingest", IngestClientProperties.class, Map.of()))
            .isEqualTo(new IngestClientProperties(URI.create("http://127.0.0.1:8082"), Duration.ofSeconds(10)));
        assertThat(bound("pregao.ingest", IngestClientProperties.class, Map.of("PREGAO_INGEST_URL", "http://ingest:1"))
            .url()).isEqualTo(URI.create("http://ingest:1"));
        assertThat(bound("pregao.broker.budget", RateBudgetProperties.class, Map.of()))
            .isEqualTo(new RateBudgetProperties(500, 100));
        assertThat(
                bound("pregao.broker.budget", RateBudgetProperties.class, Map.of("PREGAO_BROKER_BUDGET_REQUESTS", "9")))
            .isEqualTo(new RateBudgetProperties(9, 100));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new MarketDataProperties(Map.of(), 0, 1, Duration.ZERO, 1, Map.of()));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new MarketDataProperties(Map.of(), 1, 1, Duration.ofDays(31), 1, Map.of()));
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, Object> values) {
        ConfigurationPropertySource source = values.isEmpty() ? new MapConfigurationPropertySource(Map.of())
                : java.util.Objects.requireNonNull(ConfigurationPropertySource
                    .from(new SystemEnvironmentPropertySource("systemEnvironment", values)));
        return new Binder(source).bindOrCreate(prefix, type);
    }

}
