package pregao.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import pregao.stack.kafka.LocalKafka;
import pregao.stack.postgres.Bootstrap;
import pregao.stack.postgres.LocalPostgres;
import pregao.stack.postgres.Login;
import pregao.stack.process.Running;
import pregao.stack.redis.LocalRedis;
import pregao.stack.state.PartReport;
import pregao.stack.state.PartState;
import pregao.stack.supervision.Supervised;

/**
 * The three servers that the services use: ours, or somebody else's where an address is
 * set.
 */
final class Servers {

    private final StackSettings settings;

    private final List<PartReport> external = new ArrayList<>();

    private volatile @Nullable LocalPostgres postgres;

    private volatile @Nullable LocalRedis redis;

    Servers(StackSettings settings) {
        this.settings = settings;
        Addresses addresses = settings.addresses();
        note(LocalStack.POSTGRES, addresses.database());
        note(LocalStack.KAFKA, addresses.kafka());
        note(LocalStack.REDIS, addresses.redis().replaceFirst("//[^@/]*@", "//"));
    }

    private void note(String name, String url) {
        if (!url.isEmpty()) {
            this.external.add(new PartReport(name, PartState.EXTERNAL, 0, url, "", 0, 0));
        }
    }

    /**
     * Those of somebody else.
     * @return a report for each
     */
    List<PartReport> external() {
        return this.external;
    }

    /**
     * The names of ours.
     * @return those that nobody else runs
     */
    List<String> ownNames() {
        return Stream.of(LocalStack.POSTGRES, LocalStack.KAFKA, LocalStack.REDIS)
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
            case LocalStack.POSTGRES -> LocalPostgres.running(home.resolve(name), port(name)).isPresent();
            case LocalStack.KAFKA -> LocalKafka.running(home.resolve(name), port(name)).isPresent();
            default -> LocalRedis.running(home.resolve(name), port(name)).isPresent();
        });
    }

    /**
     * Ours, not started yet.
     * @param listener is told of each change
     * @return each with its supervision
     */
    List<Supervised> own(Runnable listener) {
        Path home = this.settings.home();
        List<Supervised> own = new ArrayList<>();
        add(own, LocalStack.POSTGRES, databaseUrl(), listener, () -> {
            LocalPostgres started = LocalPostgres.start(home.resolve(LocalStack.POSTGRES), port(LocalStack.POSTGRES));
            this.postgres = started;
            return started;
        });
        add(own, LocalStack.KAFKA, kafka(), listener,
                () -> LocalKafka.start(home.resolve(LocalStack.KAFKA), port(LocalStack.KAFKA)));
        add(own, LocalStack.REDIS, "redis://127.0.0.1:" + port(LocalStack.REDIS), listener, () -> {
            LocalRedis started = LocalRedis.start(home.resolve(LocalStack.REDIS), port(LocalStack.REDIS));
            this.redis = started;
            return started;
        });
        return own;
    }

    private void add(List<Supervised> own, String name, String url, Runnable listener,
            java.util.function.Supplier<Running> starter) {
        if (ownNames().contains(name)) {
            own.add(new Supervised(name, url, starter, listener));
        }
    }

    private int port(String name) {
        return this.settings.ports().of(name);
    }

    String databaseUrl() {
        String set = this.settings.addresses().database();
        return set.isEmpty() ? "postgresql://127.0.0.1:" + port(LocalStack.POSTGRES) + "/pregao" : set;
    }

    String kafka() {
        String set = this.settings.addresses().kafka();
        return set.isEmpty() ? "127.0.0.1:" + port(LocalStack.KAFKA) : set;
    }

    String redisUrl() {
        LocalRedis own = this.redis;
        return (own != null) ? own.url() : this.settings.addresses().redis();
    }

    Map<String, Login> logins() {
        Map<String, Login> logins = new HashMap<>();
        LocalPostgres own = this.postgres;
        for (String service : Bootstrap.SERVICES) {
            String role = Bootstrap.role(service);
            logins.put(service, (own != null) ? own.login(role)
                    : new Login(role, this.settings.addresses().databasePasswords().getOrDefault(service, "")));
        }
        return logins;
    }

    @Nullable LocalPostgres postgres() {
        return this.postgres;
    }

}
