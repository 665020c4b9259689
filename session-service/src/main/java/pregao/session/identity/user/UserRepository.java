package pregao.session.identity.user;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.Role;

/**
 * The table of people.
 */
@Component
public class UserRepository {

    private static final String SELECT = """
            select id, email, password, roles, created_at, totp_secret, totp_since from session.person
            where erased_at is null""";

    private static final String INSERT = """
            insert into session.person (id, email, password, roles, created_at)
            values (:id, :email, :password, :roles, :at) on conflict do nothing""";

    private final DatabaseClient database;

    UserRepository(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The person with an address.
     * @param email in its one form
     * @return empty where there is none
     */
    public Mono<UserAccount> findByEmail(String email) {
        return this.database.sql(SELECT + " and email = :email")
            .bind("email", email)
            .map(UserRepository::toAccount)
            .one();
    }

    /**
     * A person.
     * @param userId who
     * @return empty where there is none, or not any more
     */
    public Mono<UserAccount> findById(UUID userId) {
        return this.database.sql(SELECT + " and id = :id").bind("id", userId).map(UserRepository::toAccount).one();
    }

    /**
     * Whether somebody still has a password, which nobody changes until the end of the
     * transaction.
     * @param account as it was read
     * @return false where the password was changed or the person erased meanwhile
     */
    public Mono<Boolean> isPasswordUnchanged(UserAccount account) {
        return this.database
            .sql("select true from session.person where id = :id and password = :password and erased_at is null "
                    + "for share")
            .bind("id", account.id())
            .bind("password", account.password())
            .map((row) -> true)
            .one()
            .defaultIfEmpty(false);
    }

    Flux<UserAccount> findAll(int limit) {
        return this.database.sql(SELECT + " order by created_at, id limit :most")
            .bind("most", limit)
            .map(UserRepository::toAccount)
            .all();
    }

    /**
     * Adds a person.
     * @param userId who
     * @param email in its one form
     * @param passwordHash its hash
     * @param roles what they are
     * @param now this moment
     * @return false where the address is taken
     */
    public Mono<Boolean> add(UUID userId, String email, String passwordHash, Collection<Role> roles, Instant now) {
        return this.database.sql(INSERT)
            .bind("id", userId)
            .bind("email", email)
            .bind("password", passwordHash)
            .bind("roles", Role.toTexts(roles).toArray(String[]::new))
            .bind("at", now)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    /**
     * Has others who want to add something of a person's wait until the caller's
     * transaction ends, so that what is counted after this stays as it is.
     * @param userId who
     * @return when it is one's turn
     */
    public Mono<Void> lock(UUID userId) {
        return this.database.sql("select id from session.person where id = :id for no key update")
            .bind("id", userId)
            .fetch()
            .one()
            .then();
    }

    /**
     * Gives a person another password.
     * @param userId who
     * @param passwordHash its hash
     * @return when it holds
     */
    public Mono<Void> setPassword(UUID userId, String passwordHash) {
        return this.database.sql("update session.person set password = :password where id = :id and erased_at is null")
            .bind("password", passwordHash)
            .bind("id", userId)
            .fetch()
            .rowsUpdated()
            .then();
    }

    Mono<Void> setRoles(UUID userId, Collection<Role> roles) {
        return this.database.sql("update session.person set roles = :roles where id = :id and erased_at is null")
            .bind("roles", Role.toTexts(roles).toArray(String[]::new))
            .bind("id", userId)
            .fetch()
            .rowsUpdated()
            .then();
    }

    /**
     * How many admins there are beside one, none of whom can go before this ends.
     * @param userId the one
     * @return the number
     */
    Mono<Long> countOtherAdmins(UUID userId) {
        return this.database.sql("""
                select id from session.person where 'admin' = any(roles) and erased_at is null
                order by id for update""")
            .map((row) -> Objects.requireNonNull(row.get(0, UUID.class)))
            .all()
            .filter((admin) -> !admin.equals(userId))
            .count();
    }

    private static UserAccount toAccount(Readable row) {
        return new UserAccount(Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("email", String.class)),
                Objects.requireNonNull(row.get("password", String.class)),
                Role.parseAll(Arrays.asList(Objects.requireNonNull(row.get("roles", String[].class)))),
                Objects.requireNonNull(row.get("created_at", Instant.class)), row.get("totp_secret", byte[].class),
                row.get("totp_since", Instant.class) != null);
    }

}
