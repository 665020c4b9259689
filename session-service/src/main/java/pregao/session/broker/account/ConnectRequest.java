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
 * What is sent to be let in by a broker.
 *
 * @param kind one of the broker's ways in
 * @param identifier for {@code password}: mostly an e-mail address
 * @param password for {@code password}
 * @param token for {@code session}
 * @param accessToken for {@code oauth2}
 * @param refreshToken for {@code oauth2}, where there is one
 * @param key for {@code api_key}: what is sent with each request
 * @param secret for {@code api_key}: what signs, as the broker showed it, or a private
 * key as PEM or Base64 of PKCS#8
 * @param signs for {@code api_key}: {@code hmac}, or {@code ed25519}, the usual one
 * @param label what its person calls the account
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

    /** Whether nothing was said, which means what is kept. */
    boolean hasNoFields() {
        return this.equals(EMPTY);
    }

    /**
     * What is to be said to the broker.
     * @param broker which
     * @return for one of its ways in
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
     * What its person calls the account.
     * @param broker at which
     * @return the broker's name where nothing was said
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
