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
 * Finds whose a token is: here an ended login is refused at once, not when its token
 * ends, and roles are those of now.
 */
@Component
class ActiveLoginAuthenticationConverter {

    private static final String FIND = """
            select p.roles from session.login l join session.person p on p.id = l.person
            where l.id = :login and p.id = :person and l.ended_at is null and p.erased_at is null""";

    private static final String KEY = """
            select 1 from session.api_key where owner = :person and left(hash, length(:start)) = :start
              and revoked_at is null""";

    private static final Pattern KEY_SESSION = Pattern.compile("key-([0-9a-f]{16})");

    private final DatabaseClient database;

    ActiveLoginAuthenticationConverter(DatabaseClient database) {
        this.database = database;
    }

    Mono<AbstractAuthenticationToken> of(Jwt token) {
        UUID person = uuid(token.getSubject());
        UUID login = uuid(token.getClaimAsString("sid"));
        return this.database.sql(FIND)
            .bind("login", login)
            .bind("person", person)
            .map((row) -> Role.all(Arrays.asList(Objects.requireNonNull(row.get(0, String[].class)))))
            .one()
            .<AbstractAuthenticationToken>map((roles) -> UsernamePasswordAuthenticationToken.authenticated(
                    new AuthenticatedUser(person, login, roles), "",
                    AuthorityUtils.createAuthorityList(roles.stream().map(Role::authority).toList())))
            .switchIfEmpty(Mono.error(() -> new InvalidBearerTokenException("the login has ended")));
    }

    /**
     * Whether a login, or the API key that stands for one, is good still.
     * @param session the claim {@code sid}
     * @param person whose it is
     * @return false where it has ended, and where there is none
     */
    Mono<Boolean> isAlive(String session, UUID person) {
        Matcher key = KEY_SESSION.matcher(session);
        DatabaseClient.GenericExecuteSpec query = key.matches() ? this.database.sql(KEY).bind("start", key.group(1))
                : this.database.sql(FIND).bind("login", uuid(session));
        return query.bind("person", person).fetch().first().hasElement();
    }

    private static UUID uuid(@org.jspecify.annotations.Nullable String text) {
        try {
            return UUID.fromString(Objects.requireNonNullElse(text, ""));
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidBearerTokenException("not the token of a login");
        }
    }

}
