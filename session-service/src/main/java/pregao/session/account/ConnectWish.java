package pregao.session.account;

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.jdk.StringDeserializer;

import pregao.session.broker.Credentials;
import pregao.session.broker.KnownBroker;
import pregao.session.broker.LoginKind;
import pregao.session.broker.Secret;
import pregao.http.problem.Fields;
import pregao.http.problem.PlainText;

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
record ConnectWish(@Nullable String kind, @Nullable String identifier, @Nullable String password,
        @Nullable String token, @Nullable String accessToken, @Nullable String refreshToken, @Nullable String key,
        @JsonDeserialize(using = StringDeserializer.class) @Nullable String secret, @Nullable String signs,
        @Nullable String label) {

    private static final ConnectWish NOTHING = new ConnectWish(null, null, null, null, null, null, null, null, null,
            null);

    private static final int LONGEST = 256;

    private static final int LONGEST_TOKEN = 4096;

    private static final int LONGEST_LABEL = 100;

    /** Whether nothing was said, which means what is kept. */
    boolean saysNothing() {
        return this.equals(NOTHING);
    }

    /**
     * What is to be said to the broker.
     * @param broker which
     * @return for one of its ways in
     */
    Credentials credentials(KnownBroker broker) {
        Fields fields = new Fields();
        Optional<LoginKind> way = LoginKind.of(String.valueOf(this.kind)).filter(broker.logins()::contains);
        fields.require(way.isPresent(), "kind",
                String.join(", ", broker.ways().stream().map(LoginKind::text).toList()));
        fields.check();
        Credentials credentials = switch (way.get()) {
            case PASSWORD -> new Credentials.Password(secret(fields, "identifier", this.identifier, LONGEST),
                    secret(fields, "password", this.password, LONGEST));
            case SESSION -> new Credentials.Session(secret(fields, "token", this.token, LONGEST_TOKEN));
            case OAUTH2 -> new Credentials.OAuth2(secret(fields, "access_token", this.accessToken, LONGEST_TOKEN),
                    (this.refreshToken != null) ? secret(fields, "refresh_token", this.refreshToken, LONGEST_TOKEN)
                            : null);
            case API_KEY -> apiKey(fields);
        };
        fields.check();
        return credentials;
    }

    private Credentials apiKey(Fields fields) {
        String kind = Objects.requireNonNullElse(this.signs, "ed25519");
        fields.require(kind.equals("hmac") || kind.equals("ed25519"), "signs", "hmac or ed25519");
        String text = Objects.requireNonNullElse(this.secret, "").strip();
        boolean plain = PlainText.isPlain(text.replaceAll("[\\r\\n\\t]", "")); // of
                                                                               // several
                                                                               // lines
        fields.require(plain && !text.isEmpty() && text.length() <= LONGEST_TOKEN, "secret",
                "a text of 1 to %d characters".formatted(LONGEST_TOKEN));
        return new Credentials.ApiKey(secret(fields, "key", this.key, LONGEST), new Secret(text),
                kind.equals("hmac") ? Credentials.ApiKey.Kind.HMAC : Credentials.ApiKey.Kind.ED25519);
    }

    /**
     * What its person calls the account.
     * @param broker at which
     * @return the broker's name where nothing was said
     */
    String name(KnownBroker broker) {
        if (this.label == null) {
            return broker.name();
        }
        Fields fields = new Fields();
        String text = fields.text("label", this.label, LONGEST_LABEL);
        fields.check();
        return text;
    }

    private static Secret secret(Fields fields, String field, @Nullable String value, int longest) {
        return new Secret(fields.text(field, value, longest));
    }

    @Override
    public String toString() {
        return "ConnectWish[hidden]";
    }

}
