package pregao.webapi.security;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;

/**
 * Decoder of the tokens with which other services call this one. It verifies them by the
 * public keys of the accepted callers. A caller may have several keys, so that a key can
 * be replaced without an outage.
 */
public final class ServiceTokenDecoder {

    /** The accepted clock skew between two services. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(5);

    private final ReactiveJwtDecoder decoder;

    /**
     * Creates a decoder for a service.
     * @param callerKeys the public keys of the callers, in the form of
     * {@link CallerProperties}
     * @param callee the name of this service, which must be the audience of a token
     * @param clock the clock that token expiry is checked against
     */
    public ServiceTokenDecoder(String callerKeys, ServiceName callee, Clock clock) {
        Map<ServiceName, List<JWK>> keys = parseKeys(callerKeys);
        NimbusReactiveJwtDecoder nimbusDecoder = NimbusReactiveJwtDecoder
            .withJwkSource((SignedJWT token) -> Flux.fromIterable(findKeys(token, keys)))
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
        JwtTimestampValidator timestampValidator = new JwtTimestampValidator(MAX_CLOCK_SKEW);
        timestampValidator.setAllowEmptyExpiryClaim(false);
        timestampValidator.setClock(clock);
        nimbusDecoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(timestampValidator, new JwtClaimValidator<List<String>>("aud",
                        (audience) -> audience != null && audience.contains(callee.text()))));
        this.decoder = new CachingReactiveJwtDecoder(nimbusDecoder, clock);
    }

    private static Map<ServiceName, List<JWK>> parseKeys(String callerKeys) {
        Map<ServiceName, List<JWK>> keys = new EnumMap<>(ServiceName.class);
        for (String entry : callerKeys.split(",", -1)) {
            if (!entry.isBlank()) {
                int colon = entry.indexOf(':');
                ServiceName caller = ServiceName.of(entry.substring(0, Math.max(0, colon)).strip())
                    .orElseThrow(ServiceTokenDecoder::createInvalidKeysException);
                keys.computeIfAbsent(caller, (name) -> new ArrayList<>())
                    .add(parseKey(entry.substring(colon + 1).strip()));
            }
        }
        return keys;
    }

    private static JWK parseKey(String encodedKey) {
        try {
            ECPublicKey publicKey = (ECPublicKey) KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encodedKey)));
            return new ECKey.Builder(Curve.P_256, publicKey).build();
        }
        catch (GeneralSecurityException | IllegalArgumentException ex) {
            throw createInvalidKeysException();
        }
    }

    private static IllegalArgumentException createInvalidKeysException() {
        return new IllegalArgumentException(
                "PREGAO_CALLER_KEYS is name:key with commas between, each a P-256 public key, X.509 in Base64");
    }

    /**
     * Returns the keys of the service that the token names as issuer, so that no service
     * can impersonate another.
     */
    private static List<JWK> findKeys(SignedJWT token, Map<ServiceName, List<JWK>> keys) {
        try {
            return ServiceName.of(Objects.requireNonNullElse(token.getJWTClaimsSet().getIssuer(), ""))
                .map(keys::get)
                .orElse(List.of());
        }
        catch (ParseException ex) {
            return List.of();
        }
    }

    /**
     * Verifies a token.
     * @param token the encoded token
     * @return the decoded token, or an error if the token is invalid
     */
    public Mono<Jwt> decode(String token) {
        return this.decoder.decode(token);
    }

    /**
     * Returns the service that issued a token.
     * @param token a verified token
     * @return the calling service
     */
    public static ServiceName getCaller(Jwt token) {
        return ServiceName.of(Objects.requireNonNullElse(token.getClaimAsString("iss"), "")).orElseThrow();
    }

    /**
     * Returns the operations that a token permits: those in its scope that its caller is
     * allowed to perform at all.
     * @param token a verified token
     * @return the permitted operations, possibly none
     */
    public static Set<Operation> getOperations(Jwt token) {
        ServiceName caller = getCaller(token);
        String scope = Objects.requireNonNullElse(token.getClaimAsString("scope"), "");
        return Arrays.stream(scope.split(" "))
            .map(Operation::of)
            .flatMap(Optional::stream)
            .filter((operation) -> operation.callers().contains(caller))
            .collect(Collectors.toSet());
    }

}
