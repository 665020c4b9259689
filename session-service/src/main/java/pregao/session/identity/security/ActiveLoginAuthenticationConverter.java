package pregao.session.identity.security;

import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Converter from JWTs to authentications. It rejects the token of an ended login at once
 * instead of when the token expires, and it uses the current roles of the user.
 */
@Component
class ActiveLoginAuthenticationConverter {

    private static final String SELECT_ROLES = """
            select p.roles from session.login l join session.person p on p.id = l.person
            where l.id = :login and p.id = :person and l.ended_at is null and p.erased_at is null""";

    private static final String SELECT_KEY = """
            select 1 from session.api_key where owner = :person and left(hash, length(:start)) = :start
              and revoked_at is null""";

    private static final Pattern KEY_SESSION_PATTERN = Pattern.compile("key-([0-9a-f]{16})");

    private final DatabaseClient database;

    ActiveLoginAuthenticationConverter(DatabaseClient database) {
        this.database = database;
    }

    Mono<AbstractAuthenticationToken> convert(Jwt token) {
        UUID userId = parseUuid(token.getSubject());
        UUID loginId = parseUuid(token.getClaimAsString("sid"));
        return this.database.sql(SELECT_ROLES)
            .bind("login", loginId)
            .bind("person", userId)
            .map((row) -> Role.parseAll(Arrays.asList(Objects.requireNonNull(row.get(0, String[].class)))))
            .one()
            .<AbstractAuthenticationToken>map((roles) -> UsernamePasswordAuthenticationToken.authenticated(
                    new AuthenticatedUser(userId, loginId, roles), "",
                    AuthorityUtils.createAuthorityList(roles.stream().map(Role::authority).toList())))
            .switchIfEmpty(Mono.error(() -> new InvalidBearerTokenException("the login has ended")));
    }

    /**
     * Returns whether a login, or the API key that stands for one, is active.
     * @param sessionId the claim {@code sid}
     * @param userId the user
     * @return false if the login has ended or does not exist
     */
    Mono<Boolean> isActive(String sessionId, UUID userId) {
        Matcher keyMatcher = KEY_SESSION_PATTERN.matcher(sessionId);
        DatabaseClient.GenericExecuteSpec query = keyMatcher.matches()
                ? this.database.sql(SELECT_KEY).bind("start", keyMatcher.group(1))
                : this.database.sql(SELECT_ROLES).bind("login", parseUuid(sessionId));
        return query.bind("person", userId).fetch().first().hasElement();
    }

    private static UUID parseUuid(@org.jspecify.annotations.Nullable String text) {
        try {
            return UUID.fromString(Objects.requireNonNullElse(text, ""));
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidBearerTokenException("not the token of a login");
        }
    }

}
