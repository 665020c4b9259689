package pregao.devcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import pregao.devcluster.kafka.LocalKafka;
import pregao.devcluster.postgres.DatabaseBootstrap;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.postgres.LocalPostgres;
import pregao.devcluster.process.ManagedProcess;
import pregao.devcluster.redis.LocalRedis;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.ComponentState;
import pregao.devcluster.supervision.SupervisedProcess;

/**
 * The three servers that the services use: ours, or somebody else's where an address is
 * set.
 */
final class InfrastructureServers {

    private final DevClusterConfig settings;

    private final List<ComponentReport> external = new ArrayList<>();

    private volatile @Nullable LocalPostgres postgres;

    private volatile @Nullable LocalRedis redis;

    InfrastructureServers(DevClusterConfig settings) {
        this.settings = settings;
        ExternalServers addresses = settings.addresses();
        note(DevCluster.POSTGRES, addresses.database());
        note(DevCluster.KAFKA, addresses.kafka());
        note(DevCluster.REDIS, addresses.redis().replaceFirst("//[^@/]*@", "//"));
    }

    private void note(String name, String url) {
        if (!url.isEmpty()) {
            this.external.add(new ComponentReport(name, ComponentState.EXTERNAL, 0, url, "", 0, 0));
        }
    }

    /**
     * Those of somebody else.
     * @return a report for each
     */
    List<ComponentReport> external() {
        return this.external;
    }

    /**
     * The names of ours.
     * @return those that nobody else runs
     */
    List<String> ownNames() {
        return Stream.of(DevCluster.POSTGRES, DevCluster.KAFKA, DevCluster.REDIS)
            .filter((name) -> this.external.stream().noneMatch((part) -> part.name().equals(name)))
            .toList();
    }

    /**
     * Whether an earlier supervisor left all of ours running as they would be started
     * now.
     * @return true where they can be taken over
     */
    boolean areRunning() {
        Path home = this.settings.home();
        return ownNames().stream().allMatch((name) -> switch (name) {
            case DevCluster.POSTGRES -> LocalPostgres.running(home.resolve(name), port(name)).isPresent();
            case DevCluster.KAFKA -> LocalKafka.running(home.resolve(name), port(name)).isPresent();
            default -> LocalRedis.running(home.resolve(name), port(name)).isPresent();
        });
    }

    /**
     * Ours, not started yet.
     * @param listener is told of each change
     * @return each with its supervision
     */
    List<SupervisedProcess> own(Runnable listener) {
        Path home = this.settings.home();
        List<SupervisedProcess> own = new ArrayList<>();
        add(own, DevCluster.POSTGRES, databaseUrl(), listener, () -> {
            LocalPostgres started = LocalPostgres.start(home.resolve(DevCluster.POSTGRES), port(DevCluster.POSTGRES));
            this.postgres = started;
            return started;
        });
        add(own, DevCluster.KAFKA, kafka(), listener,
                () -> LocalKafka.start(home.resolve(DevCluster.KAFKA), port(DevCluster.KAFKA)));
        add(own, DevCluster.REDIS, "redis://127.0.0.1:" + port(DevCluster.REDIS), listener, () -> {
            LocalRedis started = LocalRedis.start(home.resolve(DevCluster.REDIS), port(DevCluster.REDIS));
            this.redis = started;
            return started;
        });
        return own;
    }

    private void add(List<SupervisedProcess> own, String name, String url, Runnable listener,
            java.util.function.Supplier<ManagedProcess> starter) {
        if (ownNames().contains(name)) {
            own.add(new SupervisedProcess(name, url, starter, listener));
        }
    }

    private int port(String name) {
        return this.settings.ports().of(name);
    }

    String databaseUrl() {
        String set = this.settings.addresses().database();
        return set.isEmpty() ? "postgresql://127.0.0.1:" + port(DevCluster.POSTGRES) + "/pregao" : set;
    }

    String kafka() {
        String set = this.settings.addresses().kafka();
        return set.isEmpty() ? "127.0.0.1:" + port(DevCluster.KAFKA) : set;
    }

    String redisUrl() {
        LocalRedis own = this.redis;
        return (own != null) ? own.url() : this.settings.addresses().redis();
    }

    Map<String, DatabaseCredentials> logins() {
        Map<String, DatabaseCredentials> logins = new HashMap<>();
        LocalPostgres own = this.postgres;
        for (String service : DatabaseBootstrap.SERVICES) {
            String role = DatabaseBootstrap.role(service);
            logins.put(service, (own != null) ? own.login(role) : new DatabaseCredentials(role,
                    this.settings.addresses().databasePasswords().getOrDefault(service, "")));
        }
        return logins;
    }

    @Nullable LocalPostgres postgres() {
        return this.postgres;
    }

}
