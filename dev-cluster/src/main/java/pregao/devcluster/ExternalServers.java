package pregao.devcluster;

import java.util.Map;

import pregao.devcluster.process.StartupException;

/**
 * Servers that somebody else runs; empty where ours is started.
 *
 * @param database {@code postgresql://host:port/database}
 * @param kafka {@code host:port}
 * @param redis {@code redis://…}
 * @param databasePasswords of the roles of an external database, by service
 */
public record ExternalServers(String database, String kafka, String redis, Map<String, String> databasePasswords) {

    public ExternalServers {
        databasePasswords = Map.copyOf(databasePasswords);
    }

    /**
     * Nobody else's.
     * @return all empty
     */
    public static ExternalServers none() {
        return new ExternalServers("", "", "", Map.of());
    }

    /**
     * What the environment says.
     * @param environment {@code PREGAO_DATABASE_URL}, {@code PREGAO_KAFKA},
     * {@code PREGAO_REDIS_URL}, and {@code PREGAO_DATABASE_PASSWORD_INGEST} and so on
     * @return the addresses
     */
    public static ExternalServers of(Map<String, String> environment) {
        String database = environment.getOrDefault("PREGAO_DATABASE_URL", "").strip();
        return new ExternalServers(database, environment.getOrDefault("PREGAO_KAFKA", "").strip(),
                environment.getOrDefault("PREGAO_REDIS_URL", "").strip(),
                database.isEmpty() ? Map.of() : passwords(environment));
    }

    private static Map<String, String> passwords(Map<String, String> environment) {
        Map<String, String> passwords = new java.util.HashMap<>();
        for (String service : pregao.devcluster.postgres.DatabaseBootstrap.SERVICES) {
            String name = "PREGAO_DATABASE_PASSWORD_" + service.toUpperCase(java.util.Locale.ROOT);
            String password = environment.getOrDefault(name, "");
            if (password.isEmpty()) {
                throw new StartupException("PREGAO_DATABASE_URL is set, so " + name + " must be, too: the password that"
                        + " bootstrap.sql gave the role pregao_" + service);
            }
            passwords.put(service, password);
        }
        return passwords;
    }

}
