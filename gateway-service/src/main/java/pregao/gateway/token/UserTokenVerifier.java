package pregao.gateway.token;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

import pregao.contracts.key.ApiKey;
import pregao.contracts.login.AccessToken;
import pregao.gateway.login.RevokedLogins;

/**
 * Verifier of user tokens. It verifies them locally and caches valid ones, because
 * verifying a signature costs more than all the rest of a request.
 */
public final class UserTokenVerifier {

    private static final int MAX_TOKEN_LENGTH = 4096;

    private static final int MAX_CACHE_SIZE = 20_000;

    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(5);

    private final Function<@Nullable String, Optional<ECKey>> keyLookup;

    private final BooleanSupplier ready;

    private final RevokedLogins revokedLogins;

    private final Clock clock;

    /** Verified users by hash of the token. The tokens themselves are not stored. */
    private final Cache<String, AuthenticatedUser> cache = Caffeine.newBuilder()
        .maximumSize(MAX_CACHE_SIZE)
        .expireAfterWrite(Duration.ofMinutes(10))
        .build();

    /**
     * Creates a verifier.
     * @param keyLookup the function that finds a public key by its ID
     * @param ready whether keys are available
     * @param revokedLogins the logins whose tokens are no longer valid
     * @param clock the clock that token expiry is checked against
     */
    public UserTokenVerifier(Function<@Nullable String, Optional<ECKey>> keyLookup, BooleanSupplier ready,
            RevokedLogins revokedLogins, Clock clock) {
        this.keyLookup = keyLookup;
        this.ready = ready;
        this.revokedLogins = revokedLogins;
        this.clock = clock;
    }

    /**
     * Returns whether a credential has the form of a token, which no API key has.
     * @param credential the credential as sent
     * @return true for three parts separated by dots
     */
    public static boolean isToken(String credential) {
        return credential.startsWith("ey") && credential.chars().filter((character) -> character == '.').count() == 2;
    }

    /**
     * Returns whether keys are available.
     * @return false until session-service was reached once
     */
    public boolean isReady() {
        return this.ready.getAsBoolean();
    }

    /**
     * Verifies a token.
     * @param encodedToken the token as sent
     * @return the user, or empty if the token is invalid
     */
    public Optional<AuthenticatedUser> verify(String encodedToken) {
        if (encodedToken.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        String hash = ApiKey.hash(encodedToken);
        AuthenticatedUser user = this.cache.getIfPresent(hash);
        if (user == null) {
            user = verifySignature(encodedToken).orElse(null);
            if (user == null) {
                return Optional.empty();
            }
            this.cache.put(hash, user);
        }
        return Optional.of(user).filter(this::isValid);
    }

    private boolean isValid(AuthenticatedUser user) {
        return this.clock.instant().isBefore(user.until().plus(MAX_CLOCK_SKEW))
                && !this.revokedLogins.contains(user.session());
    }

    private Optional<AuthenticatedUser> verifySignature(String encodedToken) {
        try {
            SignedJWT token = SignedJWT.parse(encodedToken);
            if (!JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())) {
                return Optional.empty();
            }
            Optional<ECKey> key = this.keyLookup.apply(token.getHeader().getKeyID());
            if (key.isEmpty() || !token.verify(new ECDSAVerifier(key.get()))) {
                return Optional.empty();
            }
            return toUser(token.getJWTClaimsSet());
        }
        catch (ParseException | JOSEException ex) {
            return Optional.empty();
        }
    }

    private Optional<AuthenticatedUser> toUser(JWTClaimsSet claims) throws ParseException {
        Date expiresAt = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        Instant now = this.clock.instant();
        boolean isTooEarly = notBefore != null && now.isBefore(notBefore.toInstant().minus(MAX_CLOCK_SKEW));
        if (expiresAt == null || isTooEarly || claims.getSubject() == null
                || !AccessToken.SESSION_ISSUER.equals(claims.getIssuer())
                || !claims.getAudience().contains(AccessToken.AUDIENCE)) {
            return Optional.empty();
        }
        String scope = Objects.requireNonNullElse(claims.getStringClaim("scope"), "");
        String sessionId = Objects.requireNonNullElse(claims.getStringClaim("sid"), "");
        return Optional.of(new AuthenticatedUser(claims.getSubject(), sessionId, List.of(scope.split(" ")),
                expiresAt.toInstant()));
    }

}
