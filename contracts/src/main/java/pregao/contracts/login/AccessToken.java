package pregao.contracts.login;

/**
 * What is fixed in access tokens, whoever signs them.
 */
public final class AccessToken {

    /** Whom tokens are for. */
    public static final String AUDIENCE = "pregao-api";

    /** Signs the tokens of logins. */
    public static final String SESSION_ISSUER = "pregao-session";

    /** Signs tokens in place of API keys. */
    public static final String GATEWAY_ISSUER = "pregao-gateway";

    private AccessToken() {
    }

}
