package pregao.stack;

import java.util.Map;

import pregao.stack.process.StartFailed;

/**
 * Servers that somebody else runs; empty where ours is started.
 *
 * @param database {@code postgresql://host:port/database}
 * @param kafka {@code host:port}
 * @param redis {@code redis://…}
 * @param databasePasswords of the roles of an external database, by service
 */
public record Addresses(String database, String kafka, String redis, Map<String, String> databasePasswords) {

    public Addresses {
        databasePasswords = Map.copyOf(databasePasswords);
    }

    /**
     * Nobody else's.
     * @return all empty
     */
    public static Addresses none() {
        return new Addresses("", "", "", Map.of());
    }

    /**
     * What the environment says.
     * @param environment {@code PREGAO_DATABASE_URL}, {@code PREGAO_KAFKA},
     * {@code PREGAO_REDIS_URL}, and {@code PREGAO_DATABASE_PASSWORD_INGEST} and so on
     * @return the addresses
     */
    public static Addresses of(Map<String, String> environment) {
        String database = environment.getOrDefault("PREGAO_DATABASE_URL", "").strip();
        return new Addresses(database, environment.getOrDefault("PREGAO_KAFKA", "").strip(),
                environment.getOrDefault("PREGAO_REDIS_URL", "").strip(),
                database.isEmpty() ? Map.of() : passwords(environment));
    }

    private static Map<String, String> passwords(Map<String, String> environment) {
        Map<String, String> passwords = new java.util.HashMap<>();
        for (String service : pregao.stack.postgres.Bootstrap.SERVICES) {
            String name = "PREGAO_DATABASE_PASSWORD_" + service.toUpperCase(java.util.Locale.ROOT);
            String password = environment.getOrDefault(name, "");
            if (password.isEmpty()) {
                throw new StartFailed("PREGAO_DATABASE_URL is set, so " + name + " must be, too: the password that"
                        + " bootstrap.sql gave the role pregao_" + service);
            }
            passwords.put(service, password);
        }
        return passwords;
    }

}
