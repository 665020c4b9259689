package pregao.stack;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

import pregao.contracts.key.ApiKey;
import pregao.stack.secret.Secrets;

/**
 * What an installation made for itself once: its API key, that key's owner, who is the
 * first admin, and the key that encrypts.
 */
public final class Keys {

    /** The feed of a terminal that is set up as document 004 says. */
    public static final String FEED = "mt5";

    /** By which the first admin logs in. */
    public static final String ADMIN = "admin@localhost";

    private static final int SECRET_KEY_BYTES = 32;

    private final Secrets secrets;

    /**
     * Opens the credentials of a data folder; missing ones are made.
     * @param home the data folder
     */
    public Keys(Path home) {
        this.secrets = new Secrets(home.resolve("credentials"));
    }

    /**
     * The API key with scopes ingest and read.
     * @return the key itself
     */
    public String apiKey() {
        return this.secrets.value("api_key", () -> "pregao_" + Secrets.random());
    }

    /**
     * What services know of it.
     * @return SHA-256, hexadecimal
     */
    public String apiKeyHash() {
        return ApiKey.hash(apiKey());
    }

    /**
     * Whose it is.
     * @return a random user
     */
    public String owner() {
        return this.secrets.value("owner", () -> UUID.randomUUID().toString());
    }

    /**
     * The password of the first admin.
     * @return random
     */
    public String adminPassword() {
        return this.secrets.secret("admin_password");
    }

    /**
     * The key that encrypts what must be read again.
     * @return 32 random bytes, Base64
     */
    public String secretKey() {
        return this.secrets.value("secret_key", () -> {
            byte[] bytes = new byte[SECRET_KEY_BYTES];
            new SecureRandom().nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        });
    }

}
