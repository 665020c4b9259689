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
 * Repository of users.
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
     * Finds a user by email address.
     * @param email the normalized email address
     * @return empty if there is no such user
     */
    public Mono<UserAccount> findByEmail(String email) {
        return this.database.sql(SELECT + " and email = :email")
            .bind("email", email)
            .map(UserRepository::toAccount)
            .one();
    }

    /**
     * Finds a user by ID.
     * @param userId the user ID
     * @return empty if there is no such user or the user is erased
     */
    public Mono<UserAccount> findById(UUID userId) {
        return this.database.sql(SELECT + " and id = :id").bind("id", userId).map(UserRepository::toAccount).one();
    }

    /**
     * Returns whether a user's password is unchanged, and prevents changes until the end
     * of the transaction.
     * @param account the account as read before
     * @return false if the password was changed or the user erased in the meantime
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
     * Inserts a user.
     * @param userId the user ID
     * @param email the normalized email address
     * @param passwordHash the password hash
     * @param roles the roles of the user
     * @param now the time of registration
     * @return false if the email address is taken
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
     * Locks a user until the end of the caller's transaction, so that a count of the
     * user's resources stays valid until then.
     * @param userId the user ID
     * @return completes when the lock is acquired
     */
    public Mono<Void> lock(UUID userId) {
        return this.database.sql("select id from session.person where id = :id for no key update")
            .bind("id", userId)
            .fetch()
            .one()
            .then();
    }

    /**
     * Sets the password of a user.
     * @param userId the user ID
     * @param passwordHash the password hash
     * @return completes when the password is updated
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
     * Counts the admins other than a user, and prevents their removal until the end of
     * the transaction.
     * @param userId the user ID
     * @return the number of other admins
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
