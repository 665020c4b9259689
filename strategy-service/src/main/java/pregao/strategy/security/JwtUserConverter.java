package pregao.strategy.security;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import reactor.core.publisher.Mono;

/**
 * Converts an access token to an {@link AuthenticatedUser}, with the claim {@code sid} as
 * credentials.
 */
final class JwtUserConverter implements Converter<Jwt, Mono<AbstractAuthenticationToken>> {

    @Override
    public Mono<AbstractAuthenticationToken> convert(Jwt token) {
        List<String> scopes = Arrays.asList(Objects.requireNonNullElse(token.getClaimAsString("scope"), "").split(" "));
        List<String> roles = Objects.requireNonNullElse(token.getClaimAsStringList("roles"), List.of());
        AuthenticatedUser user = new AuthenticatedUser(parseUserId(token.getSubject()),
                Objects.requireNonNullElse(token.getClaimAsString("feed"), ""), scopes.contains("trade"),
                roles.contains("admin"));
        String[] authorities = scopes.stream()
            .filter((scope) -> !scope.isBlank())
            .map((scope) -> "SCOPE_" + scope)
            .toArray(String[]::new);
        return Mono.just(UsernamePasswordAuthenticationToken.authenticated(user,
                Objects.requireNonNullElse(token.getClaimAsString("sid"), ""),
                AuthorityUtils.createAuthorityList(authorities)));
    }

    private static UUID parseUserId(@Nullable String subject) {
        try {
            return UUID.fromString(Objects.requireNonNullElse(subject, ""));
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidBearerTokenException("not the token of a person");
        }
    }

}
