package pregao.devcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import pregao.contracts.service.ServiceName;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.service.Service;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which service is given which secret, and where services listen.
 */
class ServiceEnvironmentTests {

    /** By service, the secrets that it needs; a new secret must be in a row. */
    private static final Map<Service, Set<String>> NEEDED = Map.of(Service.INGEST, Set.of("PREGAO_CALLER_KEYS"),
            Service.AGGREGATOR, Set.of(), Service.INDICATORS, Set.of(), Service.STRATEGY,
            Set.of("PREGAO_SERVICE_KEY", "PREGAO_REDIS_URL"), Service.SESSION,
            Set.of("PREGAO_SECRET_KEY", "PREGAO_SERVICE_KEY", "PREGAO_CALLER_KEYS", "PREGAO_SESSION_ADMIN_PASSWORD"),
            Service.GATEWAY, Set.of("PREGAO_TOKEN_SECRET", "PREGAO_SERVICE_KEY", "PREGAO_REDIS_URL"));

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void serviceIsGivenOnlyTheSecretsThatItNeeds(Service service) {
        Map<String, String> given = environment().of(service);
        Set<String> secrets = ServiceEnvironment.SECRETS.stream()
            .filter((name) -> !given.getOrDefault(name, "").isEmpty())
            .collect(Collectors.toSet());
        assertThat(secrets).isEqualTo(NEEDED.get(service));
        // What is not given is not inherited either: an empty value takes it away.
        assertThat(given.keySet()).containsAll(ServiceEnvironment.SECRETS)
            .contains("PREGAO_DATABASE_PASSWORD_SESSION", "PREGAO_DATABASE_PASSWORD_INGEST");
    }

    @ParameterizedTest
    @EnumSource
    void noVariableHasTheSecretOfAnotherService(Service service) {
        InstallationCredentials keys = new InstallationCredentials(this.home);
        Set<String> secrets = new TreeSet<>(
                Set.of(keys.secretKey(), keys.tokenSecret(), keys.adminPassword(), "redis-password"));
        Stream.of(ServiceName.values()).map(keys::serviceKey).forEach(secrets::add);
        Stream.of(Service.values()).map((other) -> "password of " + other.shortName()).forEach(secrets::add);
        long own = NEEDED.getOrDefault(service, Set.of())
            .stream()
            .filter((name) -> !name.equals("PREGAO_CALLER_KEYS"))
            .count() + ((service == Service.GATEWAY) ? 0 : 1); // the password of its
                                                               // database
                                                               // role
        String all = String.join("\n", environment().of(service).values());
        assertThat(secrets.stream().filter(all::contains)).hasSize((int) own);
    }

    @Test
    void dataFolderOfAnEarlierVersionKeepsItsSecretsAndGetsTheNewOnes() throws IOException {
        String before = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        Path file = this.home.resolve("credentials");
        Files.writeString(file,
                "api_key=pregao_k\nowner=7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001\nsecret_key=" + before + "\n");
        Map<String, String> session = environment().of(Service.SESSION);
        assertThat(session).containsEntry("PREGAO_SECRET_KEY", before);
        assertThat(new InstallationCredentials(this.home).apiKey()).isEqualTo("pregao_k");
        assertThat(environment().of(Service.SESSION)).isEqualTo(session);
        assertThat(environment().of(Service.GATEWAY).get("PREGAO_TOKEN_SECRET")).isNotBlank().isNotEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void sessionServiceKnowsItsCallersAndIngestTheGateway() {
        assertThat(callers(Service.SESSION)).containsExactlyInAnyOrder("strategy", "session", "gateway");
        assertThat(callers(Service.INGEST)).containsExactlyInAnyOrder("session", "gateway");
    }

    private Stream<String> callers(Service service) {
        return Stream.of(environment().of(service).getOrDefault("PREGAO_CALLER_KEYS", "").split(","))
            .map((entry) -> entry.substring(0, entry.indexOf(':')));
    }

    /** A service that is added later is in {@link Service}, and so in this test. */
    @ParameterizedTest
    @EnumSource
    void metricsAndLevelsHaveAPortOfTheirOwnOnTheLoopbackAddress(Service service) throws IOException {
        String settings = Files
            .readString(Path.of("..", service.module(), "src", "main", "resources", "application.yml"));
        assertThat(settings).contains("""
                management:
                  server:
                    port: ${PREGAO_MANAGEMENT_PORT:%d}
                    address: ${PREGAO_MANAGEMENT_ADDRESS:127.0.0.1}
                """.formatted(service.defaultManagementPort()));
        assertThat(DevClusterPorts.usual().of(service.managementPort())).isEqualTo(service.defaultManagementPort());
    }

    @Test
    void everyServiceOfTheRepositoryIsAmongTheServices() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            assertThat(modules.map((module) -> String.valueOf(module.getFileName()))
                .filter((name) -> name.endsWith("-service")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Service.values()).map(Service::module).toList());
        }
    }

    private ServiceEnvironment environment() {
        Map<String, DatabaseCredentials> logins = Stream.of(Service.values())
            .filter((service) -> service != Service.GATEWAY)
            .collect(Collectors.toMap(Service::shortName,
                    (service) -> new DatabaseCredentials("pregao_" + service.shortName(),
                            "password of " + service.shortName())));
        return new ServiceEnvironment("postgresql://db", logins, "kafka", "redis://:redis-password@r",
                DevClusterPorts.usual(), new InstallationCredentials(this.home), 4, Set.of(Service.values()), Set.of());
    }

}
