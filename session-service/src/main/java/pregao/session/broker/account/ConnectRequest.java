package pregao.session.broker.account;

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.jdk.StringDeserializer;

import pregao.session.broker.api.BrokerDefinition;
import pregao.session.broker.api.CredentialType;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Sensitive;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.TextRule;

/**
 * The body of a request that connects an account.
 *
 * @param kind one of the credential types of the broker
 * @param identifier for {@code password}: the identifier, usually an email address
 * @param password for {@code password}: the password
 * @param token for {@code session}: the session token
 * @param accessToken for {@code oauth2}: the access token
 * @param refreshToken for {@code oauth2}: the refresh token, if there is one
 * @param key for {@code api_key}: the key, which is sent with each request
 * @param secret for {@code api_key}: the signing secret as the broker showed it, or a
 * private key as PEM or as Base64 of PKCS#8
 * @param signs for {@code api_key}: {@code hmac}, or {@code ed25519}, which is the
 * default
 * @param label the user's name of the account
 */
record ConnectRequest(@Nullable String kind, @Nullable String identifier, @Nullable String password,
        @Nullable String token, @Nullable String accessToken, @Nullable String refreshToken, @Nullable String key,
        @JsonDeserialize(using = StringDeserializer.class) @Nullable String secret, @Nullable String signs,
        @Nullable String label) {

    private static final ConnectRequest EMPTY = new ConnectRequest(null, null, null, null, null, null, null, null, null,
            null);

    private static final int MAX_LENGTH = 256;

    private static final int MAX_TOKEN_LENGTH = 4096;

    private static final int MAX_LABEL_LENGTH = 100;

    /** Returns whether the body is empty, which selects the stored credentials. */
    boolean hasNoFields() {
        return this.equals(EMPTY);
    }

    /**
     * Validates the fields and returns the credentials.
     * @param broker the broker
     * @return the credentials, of a type that the broker supports
     */
    Credentials credentials(BrokerDefinition broker) {
        FieldValidator fields = new FieldValidator();
        Optional<CredentialType> type = CredentialType.of(String.valueOf(this.kind)).filter(broker.logins()::contains);
        fields.require(type.isPresent(), "kind",
                String.join(", ", broker.sortedLogins().stream().map(CredentialType::text).toList()));
        fields.check();
        Credentials credentials = switch (type.get()) {
            case PASSWORD -> new Credentials.Password(requireSecret(fields, "identifier", this.identifier, MAX_LENGTH),
                    requireSecret(fields, "password", this.password, MAX_LENGTH));
            case SESSION -> new Credentials.Session(requireSecret(fields, "token", this.token, MAX_TOKEN_LENGTH));
            case OAUTH2 ->
                new Credentials.OAuth2(requireSecret(fields, "access_token", this.accessToken, MAX_TOKEN_LENGTH),
                        (this.refreshToken != null)
                                ? requireSecret(fields, "refresh_token", this.refreshToken, MAX_TOKEN_LENGTH) : null);
            case API_KEY -> apiKey(fields);
        };
        fields.check();
        return credentials;
    }

    private Credentials apiKey(FieldValidator fields) {
        String algorithm = Objects.requireNonNullElse(this.signs, "ed25519");
        fields.require(algorithm.equals("hmac") || algorithm.equals("ed25519"), "signs", "hmac or ed25519");
        String secretText = Objects.requireNonNullElse(this.secret, "").strip();
        // A PEM key has several lines.
        boolean isPlainText = TextRule.isPlain(secretText.replaceAll("[\\r\\n\\t]", ""));
        fields.require(isPlainText && !secretText.isEmpty() && secretText.length() <= MAX_TOKEN_LENGTH, "secret",
                "a text of 1 to %d characters".formatted(MAX_TOKEN_LENGTH));
        return new Credentials.ApiKey(requireSecret(fields, "key", this.key, MAX_LENGTH), new Sensitive(secretText),
                algorithm.equals("hmac") ? Credentials.ApiKey.Kind.HMAC : Credentials.ApiKey.Kind.ED25519);
    }

    /**
     * Returns the user's name of the account.
     * @param broker the broker
     * @return the label, or the name of the broker if there is none
     */
    String labelOrDefault(BrokerDefinition broker) {
        if (this.label == null) {
            return broker.name();
        }
        FieldValidator fields = new FieldValidator();
        String labelText = fields.text("label", this.label, MAX_LABEL_LENGTH);
        fields.check();
        return labelText;
    }

    private static Sensitive requireSecret(FieldValidator fields, String field, @Nullable String value, int maxLength) {
        return new Sensitive(fields.text(field, value, maxLength));
    }

    @Override
    public String toString() {
        return "ConnectRequest[hidden]";
    }

}
