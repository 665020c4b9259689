package pregao.session.broker.account;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.CredentialType;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Sensitive;
import pregao.session.crypto.AesGcmEncryptor;

/**
 * An encryptor of stored credentials. Each ciphertext is bound to one account.
 */
@Component
class CredentialEncryptor {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final AesGcmEncryptor encryptor;

    CredentialEncryptor(AesGcmEncryptor encryptor) {
        this.encryptor = encryptor;
    }

    /**
     * Encrypts credentials.
     * @param accountId the ID of the account
     * @param credentials the credentials
     * @return the ciphertext
     */
    byte[] encrypt(UUID accountId, Credentials credentials) {
        return this.encryptor.encrypt(purpose(accountId), JSON.writeValueAsBytes(toJson(credentials)));
    }

    /**
     * Decrypts credentials.
     * @param accountId the ID of the account
     * @param encrypted the ciphertext
     * @return the credentials
     * @throws pregao.session.crypto.DecryptionException if the ciphertext cannot be
     * decrypted
     */
    Credentials decrypt(UUID accountId, byte[] encrypted) {
        JsonNode node = JSON
            .readTree(new String(this.encryptor.decrypt(purpose(accountId), encrypted), StandardCharsets.UTF_8));
        return switch (CredentialType.of(node.path("kind").asString("")).orElseThrow()) {
            case SESSION -> new Credentials.Session(readSecret(node, "token"));
            case OAUTH2 -> new Credentials.OAuth2(readSecret(node, "access"),
                    node.has("refresh") ? readSecret(node, "refresh") : null);
            case API_KEY -> new Credentials.ApiKey(readSecret(node, "id"), readSecret(node, "secret"),
                    Credentials.ApiKey.Kind.valueOf(node.path("signs").asString("")));
            case PASSWORD -> throw new IllegalStateException("nothing of this kind is kept");
        };
    }

    private static ObjectNode toJson(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Session session ->
                createNode(CredentialType.SESSION).put("token", session.token().reveal());
            case Credentials.OAuth2 tokens ->
                putIfPresent(createNode(CredentialType.OAUTH2).put("access", tokens.access().reveal()), "refresh",
                        tokens.refresh());
            case Credentials.ApiKey key -> createNode(CredentialType.API_KEY).put("id", key.id().reveal())
                .put("secret", key.secret().reveal())
                .put("signs", key.kind().name());
            case Credentials.Password password ->
                throw new IllegalArgumentException("a password is not kept: " + password);
        };
    }

    private static ObjectNode createNode(CredentialType type) {
        return JSON.createObjectNode().put("kind", type.text());
    }

    private static ObjectNode putIfPresent(ObjectNode node, String field, @Nullable Sensitive value) {
        return (value != null) ? node.put(field, value.reveal()) : node;
    }

    private static Sensitive readSecret(JsonNode node, String field) {
        return new Sensitive(node.path(field).asString());
    }

    private static String purpose(UUID accountId) {
        return "broker-account:" + accountId;
    }

}
