package pregao.devcluster;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import pregao.contracts.key.ApiKey;
import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.devcluster.secret.SecretFile;

/**
 * What an installation made for itself once: its API key, that key's owner, who is the
 * first admin, and the secrets of its services. What an earlier version did not make is
 * made at the next start; what there is stays.
 */
public final class InstallationCredentials {

    /** The feed of a terminal that is set up as document 004 says. */
    public static final String FEED = "mt5";

    /** By which the first admin logs in. */
    public static final String ADMIN = "admin@localhost";

    private static final int SECRET_KEY_BYTES = 32;

    private static final String SECRET_KEY = "secret_key";

    private static final String TOKEN_SECRET = "token_secret";

    private static final String SERVICE_KEY = "service_key_";

    private static final String FORMER = "former_service_key_";

    private final SecretFile secrets;

    /**
     * Opens the credentials of a data folder; missing ones are made.
     * @param home the data folder
     */
    public InstallationCredentials(Path home) {
        this.secrets = new SecretFile(home.resolve("credentials"));
    }

    /**
     * The API key with scopes ingest and read.
     * @return the key itself
     */
    public String apiKey() {
        return this.secrets.value("api_key", () -> "pregao_" + SecretFile.random());
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
     * The keys that encrypt what must be read again, for session-service only.
     * @return each 32 random bytes, Base64, with commas between: the first encrypts, all
     * decrypt
     */
    public String secretKey() {
        return this.secrets.value(SECRET_KEY, InstallationCredentials::newSecretKey);
    }

    private static String newSecretKey() {
        byte[] bytes = new byte[SECRET_KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * From which the key is derived that signs in place of API keys, for the gateway
     * only.
     * @return random
     */
    public String tokenSecret() {
        return this.secrets.secret(TOKEN_SECRET);
    }

    /**
     * The key by which a service shows others who it is, for that service only.
     * @param service which
     * @return its private key: P-256, PKCS #8 in Base64
     */
    public String serviceKey(ServiceName service) {
        return keyPair(service)[0];
    }

    /**
     * The keys by which a service checks who calls it.
     * @param callee which
     * @return the public keys of those who may call it, as the service reads them; empty
     * where nobody may
     */
    public String callerKeys(ServiceName callee) {
        return Arrays.stream(Operation.values())
            .filter((operation) -> operation.callees().contains(callee))
            .flatMap((operation) -> operation.callers().stream())
            .distinct()
            .sorted()
            .flatMap((caller) -> publicKeys(caller).map((key) -> caller.text() + ":" + key))
            .collect(Collectors.joining(","));
    }

    /**
     * Makes new secrets of the services, which get them at their next start. A running
     * system that was started before keeps those that it has. Callers that still have the
     * key before this one are believed, and what older keys encrypted is still read.
     */
    public void rotate() {
        Map<String, String> replaced = new HashMap<>();
        callers().forEach((caller) -> {
            replaced.put(FORMER + caller.text(), keyPair(caller)[1]);
            replaced.put(SERVICE_KEY + caller.text(), newKeyPair());
        });
        replaced.put(SECRET_KEY, newSecretKey() + "," + secretKey());
        replaced.put(TOKEN_SECRET, SecretFile.random());
        this.secrets.replace(replaced);
    }

    private static Stream<ServiceName> callers() {
        return Arrays.stream(Operation.values()).flatMap((operation) -> operation.callers().stream()).distinct();
    }

    private Stream<String> publicKeys(ServiceName caller) {
        return Stream.concat(Stream.of(keyPair(caller)[1]), this.secrets.find(FORMER + caller.text()).stream());
    }

    /** Both halves are one value, so that they are made and kept together. */
    private String[] keyPair(ServiceName service) {
        return this.secrets.value(SERVICE_KEY + service.text(), InstallationCredentials::newKeyPair).split(":", 2);
    }

    private static String newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            return base64.encodeToString(pair.getPrivate().getEncoded()) + ":"
                    + base64.encodeToString(pair.getPublic().getEncoded());
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has P-256", ex);
        }
    }

}
