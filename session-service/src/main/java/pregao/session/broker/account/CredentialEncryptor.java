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
 * What lets a person in again, encrypted for one account only.
 */
@Component
class CredentialEncryptor {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final AesGcmEncryptor secrets;

    CredentialEncryptor(AesGcmEncryptor secrets) {
        this.secrets = secrets;
    }

    /**
     * Encrypts.
     * @param account whose
     * @param credentials what lets in without being asked
     * @return what may be stored
     */
    byte[] seal(UUID account, Credentials credentials) {
        return this.secrets.encrypt(purpose(account), JSON.writeValueAsBytes(written(credentials)));
    }

    /**
     * Decrypts.
     * @param account whose
     * @param sealed what was stored
     * @return what lets in
     * @throws pregao.session.crypto.DecryptionException where it cannot be read any more
     */
    Credentials open(UUID account, byte[] sealed) {
        JsonNode node = JSON
            .readTree(new String(this.secrets.decrypt(purpose(account), sealed), StandardCharsets.UTF_8));
        return switch (CredentialType.of(node.path("kind").asString("")).orElseThrow()) {
            case SESSION -> new Credentials.Session(secret(node, "token"));
            case OAUTH2 ->
                new Credentials.OAuth2(secret(node, "access"), node.has("refresh") ? secret(node, "refresh") : null);
            case API_KEY -> new Credentials.ApiKey(secret(node, "id"), secret(node, "secret"),
                    Credentials.ApiKey.Kind.valueOf(node.path("signs").asString("")));
            case PASSWORD -> throw new IllegalStateException("nothing of this kind is kept");
        };
    }

    private static ObjectNode written(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Session session -> of(CredentialType.SESSION).put("token", session.token().reveal());
            case Credentials.OAuth2 tokens ->
                with(of(CredentialType.OAUTH2).put("access", tokens.access().reveal()), "refresh", tokens.refresh());
            case Credentials.ApiKey key -> of(CredentialType.API_KEY).put("id", key.id().reveal())
                .put("secret", key.secret().reveal())
                .put("signs", key.kind().name());
            case Credentials.Password password ->
                throw new IllegalArgumentException("a password is not kept: " + password);
        };
    }

    private static ObjectNode of(CredentialType kind) {
        return JSON.createObjectNode().put("kind", kind.text());
    }

    private static ObjectNode with(ObjectNode node, String field, @Nullable Sensitive value) {
        return (value != null) ? node.put(field, value.reveal()) : node;
    }

    private static Sensitive secret(JsonNode node, String field) {
        return new Sensitive(node.path(field).asString());
    }

    private static String purpose(UUID account) {
        return "broker-account:" + account;
    }

}
