package pregao.devcluster;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.postgres.DatabaseBootstrap;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.service.Service;

/**
 * The settings that services get, the same variables as in a container. Each gets only
 * the secrets that it needs; those of others are taken out of what it would inherit.
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
record ServiceEnvironment(String database, Map<String, DatabaseCredentials> logins, String kafka, String redis,
        DevClusterPorts ports, InstallationCredentials keys, int partitions, Set<Service> services,
        Set<Simulator> simulators) {

    /** Each of them gives power over something. */
    static final List<String> SECRETS = List.of("PREGAO_SECRET_KEY", "PREGAO_TOKEN_SECRET", "PREGAO_SERVICE_KEY",
            "PREGAO_CALLER_KEYS", "PREGAO_REDIS_URL", "PREGAO_SESSION_ADMIN_PASSWORD");

    ServiceEnvironment {
        logins = Map.copyOf(logins);
        services = Set.copyOf(services);
        simulators = Set.copyOf(simulators);
    }

    Map<String, String> of(Service service) {
        Map<String, String> environment = secrets(service);
        environment.put("PREGAO_DATABASE_URL", this.database);
        DatabaseCredentials login = this.logins.get(service.shortName());
        if (login != null) {
            environment.put("PREGAO_DATABASE_USER", login.user());
            environment.put("PREGAO_DATABASE_PASSWORD", login.password());
        }
        environment.put("PREGAO_KAFKA", this.kafka);
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
            environment.put("PREGAO_SESSION_ADMIN_EMAIL", InstallationCredentials.ADMIN);
        }
        if (service == Service.STRATEGY) {
            environment.put("PREGAO_SESSION_URL", url(Service.SESSION));
        }
        if (service == Service.GATEWAY) {
            for (Service other : Service.values()) {
                environment.put("PREGAO_" + other.shortName().toUpperCase(Locale.ROOT) + "_URL", url(other));
            }
        }
        return environment;
    }

    private Map<String, String> secrets(Service service) {
        Map<String, String> secrets = new HashMap<>();
        SECRETS.forEach((name) -> secrets.put(name, ""));
        DatabaseBootstrap.SERVICES
            .forEach((other) -> secrets.put("PREGAO_DATABASE_PASSWORD_" + other.toUpperCase(Locale.ROOT), ""));
        ServiceName caller = service.serviceName();
        if (Arrays.stream(Operation.values()).anyMatch((operation) -> operation.callers().contains(caller))) {
            secrets.put("PREGAO_SERVICE_KEY", this.keys.serviceKey(caller));
        }
        secrets.put("PREGAO_CALLER_KEYS", this.keys.callerKeys(caller));
        switch (service) {
            case SESSION -> {
                secrets.put("PREGAO_SECRET_KEY", this.keys.secretKey());
                secrets.put("PREGAO_SESSION_ADMIN_PASSWORD", this.keys.adminPassword());
            }
            case STRATEGY -> secrets.put("PREGAO_REDIS_URL", this.redis);
            case GATEWAY -> {
                secrets.put("PREGAO_REDIS_URL", this.redis);
                secrets.put("PREGAO_TOKEN_SECRET", this.keys.tokenSecret());
            }
            default -> {
                // has no other secrets
            }
        }
        return secrets;
    }

    private Map<String, String> firstKeyAndFeed() {
        return Map.of("PREGAO_FEEDS_0_NAME", InstallationCredentials.FEED, "PREGAO_KEYS_0_HASH", this.keys.apiKeyHash(),
                "PREGAO_KEYS_0_OWNER", this.keys.owner(), "PREGAO_KEYS_0_FEED", InstallationCredentials.FEED,
                "PREGAO_KEYS_0_SCOPES", "ingest,read");
    }

    private String url(Service service) {
        return "http://127.0.0.1:" + this.ports.of(service.shortName());
    }

}
