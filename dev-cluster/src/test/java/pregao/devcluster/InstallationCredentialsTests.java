package pregao.devcluster;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import pregao.contracts.service.ServiceName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InstallationCredentials}.
 */
class InstallationCredentialsTests {

    @TempDir
    Path home;

    @Test
    void keepsTheKeyBeforeForThoseWhoDoNotHaveTheNewOneYet() {
        InstallationCredentials running = new InstallationCredentials(this.home);
        String first = strategy(running).getFirst();
        assertThat(strategy(running)).hasSize(1);
        String secret = running.secretKey();
        String token = running.tokenSecret();
        String privateKey = running.serviceKey(ServiceName.STRATEGY);

        running.rotate();
        assertThat(running.serviceKey(ServiceName.STRATEGY)).isNotEqualTo(privateKey);
        assertThat(strategy(running)).hasSize(2).endsWith(first);
        assertThat(running.secretKey()).endsWith("," + secret);
        assertThat(running.tokenSecret()).isNotEqualTo(token);
        String second = strategy(running).getFirst();

        running.rotate();
        assertThat(strategy(running)).hasSize(2).endsWith(second).doesNotContain(first);
        assertThat(running.secretKey().split(",")).hasSize(3).endsWith(secret);
    }

    @Test
    void leavesARunningSystemItsSecretsUntilItStartsAgain() {
        InstallationCredentials running = new InstallationCredentials(this.home);
        String key = running.serviceKey(ServiceName.STRATEGY);
        String secret = running.secretKey();
        new InstallationCredentials(this.home).rotate();
        assertThat(running.serviceKey(ServiceName.STRATEGY)).isEqualTo(key);
        assertThat(running.secretKey()).isEqualTo(secret);
        running.adminPassword(); // is made now, and must not write the old secrets back
        InstallationCredentials restarted = new InstallationCredentials(this.home);
        assertThat(restarted.serviceKey(ServiceName.STRATEGY)).isNotEqualTo(key);
        assertThat(restarted.secretKey()).endsWith("," + secret);
        assertThat(restarted.adminPassword()).isEqualTo(running.adminPassword());
    }

    @Test
    void keepsWhoPeopleAre() {
        InstallationCredentials keys = new InstallationCredentials(this.home);
        String password = keys.adminPassword();
        String apiKey = keys.apiKey();
        keys.rotate();
        assertThat(keys.adminPassword()).isEqualTo(password);
        assertThat(keys.apiKey()).isEqualTo(apiKey);
    }

    private static List<String> strategy(InstallationCredentials keys) {
        return List.of(keys.callerKeys(ServiceName.SESSION).split(","))
            .stream()
            .filter((key) -> key.startsWith(ServiceName.STRATEGY.text() + ":"))
            .toList();
    }

}
