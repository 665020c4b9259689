package pregao.stack;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import pregao.stack.postgres.Login;
import pregao.stack.service.Service;
import pregao.stack.simulator.Simulator;

/**
 * The settings that services get, the same variables as in a container.
 *
 * @param database {@code postgresql://host:port/database}
 * @param logins by service
 * @param kafka {@code host:port}
 * @param redis {@code redis://…}
 * @param ports where the services listen
 * @param keys of this installation
 * @param partitions of the market topics
 * @param services which of them run
 * @param simulators which brokers are simulated
 */
record ServiceEnvironment(String database, Map<String, Login> logins, String kafka, String redis, StackPorts ports,
        Keys keys, int partitions, Set<Service> services, Set<Simulator> simulators) {

    ServiceEnvironment {
        logins = Map.copyOf(logins);
        services = Set.copyOf(services);
        simulators = Set.copyOf(simulators);
    }

    Map<String, String> of(Service service) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PREGAO_DATABASE_URL", this.database);
        Login login = this.logins.get(service.shortName());
        if (login != null) {
            environment.put("PREGAO_DATABASE_USER", login.user());
            environment.put("PREGAO_DATABASE_PASSWORD", login.password());
        }
        environment.put("PREGAO_KAFKA", this.kafka);
        environment.put("PREGAO_REDIS_URL", this.redis);
        environment.put("PREGAO_SECRET_KEY", this.keys.secretKey());
        environment.put("PREGAO_PARTITIONS", Integer.toString(this.partitions));
        environment.put("PREGAO_REPLICATION", "1");
        environment.put("PREGAO_JWKS_URL", url(Service.GATEWAY) + "/.well-known/jwks.json");
        environment.put("PREGAO_LOG", "plain");
        // Whoever owns keys and feeds; without session-service ingest publishes its own.
        if (service == (this.services.contains(Service.SESSION) ? Service.SESSION : Service.INGEST)) {
            environment.putAll(firstKeyAndFeed());
        }
        if (service == Service.SESSION) {
            environment.put("PREGAO_INGEST_URL", url(Service.INGEST));
            this.simulators
                .forEach((simulator) -> environment.putAll(simulator.environment(this.ports.of(simulator.partName()))));
            environment.put("PREGAO_SESSION_ADMIN_ID", this.keys.owner());
            environment.put("PREGAO_SESSION_ADMIN_EMAIL", Keys.ADMIN);
            environment.put("PREGAO_SESSION_ADMIN_PASSWORD", this.keys.adminPassword());
        }
        if (service == Service.STRATEGY) {
            environment.put("PREGAO_SESSION_URL", url(Service.SESSION));
        }
        if (service == Service.GATEWAY) {
            environment.put("PREGAO_MANAGEMENT_PORT", Integer.toString(this.ports.of(StackPorts.MANAGEMENT)));
            for (Service other : Service.values()) {
                environment.put("PREGAO_" + other.shortName().toUpperCase(Locale.ROOT) + "_URL", url(other));
            }
        }
        return environment;
    }

    private Map<String, String> firstKeyAndFeed() {
        return Map.of("PREGAO_FEEDS_0_NAME", Keys.FEED, "PREGAO_KEYS_0_HASH", this.keys.apiKeyHash(),
                "PREGAO_KEYS_0_OWNER", this.keys.owner(), "PREGAO_KEYS_0_FEED", Keys.FEED, "PREGAO_KEYS_0_SCOPES",
                "ingest,read");
    }

    private String url(Service service) {
        return "http://127.0.0.1:" + this.ports.of(service.shortName());
    }

}
