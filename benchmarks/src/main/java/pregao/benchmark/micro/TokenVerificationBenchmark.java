package pregao.benchmark.micro;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import pregao.contracts.login.AccessToken;
import pregao.gateway.login.RevokedLogins;
import pregao.gateway.token.AuthenticatedUser;
import pregao.gateway.token.UserTokenVerifier;

/**
 * The token of a login at the door, when it is seen first and when it comes again, beside
 * Nimbus, by which Spring Security checks each time; ns a check, with 1,000 logins.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenVerificationBenchmark {

    private static final int LOGINS = 1000;

    private final Clock clock = Clock.systemUTC();

    private final ECKey key;

    private final List<String> tokens = new ArrayList<>();

    private final UserTokenVerifier remembering;

    private final DefaultJWTProcessor<SecurityContext> nimbus = new DefaultJWTProcessor<>();

    public TokenVerificationBenchmark() {
        try {
            this.key = new ECKeyGenerator(Curve.P_256).keyID("one").algorithm(JWSAlgorithm.ES256).generate();
            for (int i = 0; i < LOGINS; i++) {
                this.tokens.add(token());
            }
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
        this.remembering = door();
        this.nimbus.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256,
                new ImmutableJWKSet<>(new JWKSet(this.key.toPublicJWK()))));
        check(this.remembering);
    }

    @Benchmark
    @OperationsPerInvocation(LOGINS)
    public void comesAgain(Blackhole hole) {
        hole.consume(check(this.remembering));
    }

    @Benchmark
    @OperationsPerInvocation(LOGINS)
    public void seenFirst(Blackhole hole) {
        hole.consume(check(door()));
    }

    @Benchmark
    @OperationsPerInvocation(LOGINS)
    public void nimbus(Blackhole hole) throws ParseException, BadJOSEException, JOSEException {
        for (String token : this.tokens) {
            hole.consume(this.nimbus.process(token, null));
        }
    }

    private Optional<AuthenticatedUser> check(UserTokenVerifier door) {
        Optional<AuthenticatedUser> last = Optional.empty();
        for (String token : this.tokens) {
            last = door.verify(token);
            if (last.isEmpty()) {
                throw new IllegalStateException("the token is good");
            }
        }
        return last;
    }

    private UserTokenVerifier door() {
        ECKey eCKey = this.key.toPublicJWK();
        return new UserTokenVerifier((id) -> Optional.of(eCKey), () -> true, new RevokedLogins(), this.clock);
    }

    private String token() throws JOSEException {
        Instant now = this.clock.instant();
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                new JWTClaimsSet.Builder().subject(UUID.randomUUID().toString())
                    .issuer(AccessToken.SESSION_ISSUER)
                    .audience(AccessToken.AUDIENCE)
                    .claim("roles", List.of("trader"))
                    .claim("sid", UUID.randomUUID().toString())
                    .claim("scope", "read trade")
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(3600)))
                    .build());
        token.sign(new ECDSASigner(this.key));
        return token.serialize();
    }

}
