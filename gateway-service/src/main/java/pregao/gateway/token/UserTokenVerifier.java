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
 * Checks the tokens of people's logins here, without asking anybody. Those that were
 * found good are remembered: checking a signature costs more than all the rest.
 */
public final class UserTokenVerifier {

    private static final int MAX_LENGTH = 4096;

    private static final int MAX_COUNT = 20_000;

    private static final Duration SKEW = Duration.ofSeconds(5);

    private final Function<@Nullable String, Optional<ECKey>> keys;

    private final BooleanSupplier ready;

    private final RevokedLogins ended;

    private final Clock clock;

    /** By the hash of the token, which is kept nowhere. */
    private final Cache<String, AuthenticatedUser> good = Caffeine.newBuilder()
        .maximumSize(MAX_COUNT)
        .expireAfterWrite(Duration.ofMinutes(10))
        .build();

    /**
     * Checks by given keys.
     * @param keys finds a public key by its id
     * @param ready whether keys are there
     * @param ended logins whose tokens are not good any more
     * @param clock by which tokens end
     */
    public UserTokenVerifier(Function<@Nullable String, Optional<ECKey>> keys, BooleanSupplier ready,
            RevokedLogins ended, Clock clock) {
        this.keys = keys;
        this.ready = ready;
        this.ended = ended;
        this.clock = clock;
    }

    /**
     * Whether a credential has the form of a token, which no API key has.
     * @param presented as sent
     * @return true for three parts with dots between
     */
    public static boolean isToken(String presented) {
        return presented.startsWith("ey") && presented.chars().filter((each) -> each == '.').count() == 2;
    }

    /**
     * Whether keys to check by are there.
     * @return false as long as session-service was never reached
     */
    public boolean ready() {
        return this.ready.getAsBoolean();
    }

    /**
     * Checks a token.
     * @param presented as sent
     * @return who it is; empty where the token is not good
     */
    public Optional<AuthenticatedUser> check(String presented) {
        if (presented.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String hash = ApiKey.hash(presented);
        AuthenticatedUser login = this.good.getIfPresent(hash);
        if (login == null) {
            login = checked(presented).orElse(null);
            if (login == null) {
                return Optional.empty();
            }
            this.good.put(hash, login);
        }
        return Optional.of(login).filter(this::lasts);
    }

    private boolean lasts(AuthenticatedUser login) {
        return this.clock.instant().isBefore(login.until().plus(SKEW)) && !this.ended.contains(login.session());
    }

    private Optional<AuthenticatedUser> checked(String presented) {
        try {
            SignedJWT token = SignedJWT.parse(presented);
            if (!JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())) {
                return Optional.empty();
            }
            Optional<ECKey> key = this.keys.apply(token.getHeader().getKeyID());
            if (key.isEmpty() || !token.verify(new ECDSAVerifier(key.get()))) {
                return Optional.empty();
            }
            return login(token.getJWTClaimsSet());
        }
        catch (ParseException | JOSEException ex) {
            return Optional.empty();
        }
    }

    private Optional<AuthenticatedUser> login(JWTClaimsSet claims) throws ParseException {
        Date until = claims.getExpirationTime();
        Date from = claims.getNotBeforeTime();
        Instant now = this.clock.instant();
        boolean early = from != null && now.isBefore(from.toInstant().minus(SKEW));
        if (until == null || early || claims.getSubject() == null
                || !AccessToken.SESSION_ISSUER.equals(claims.getIssuer())
                || !claims.getAudience().contains(AccessToken.AUDIENCE)) {
            return Optional.empty();
        }
        String scope = Objects.requireNonNullElse(claims.getStringClaim("scope"), "");
        String session = Objects.requireNonNullElse(claims.getStringClaim("sid"), "");
        return Optional
            .of(new AuthenticatedUser(claims.getSubject(), session, List.of(scope.split(" ")), until.toInstant()));
    }

}
