package pregao.session.identity.user;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.session.identity.security.Role;

/**
 * What is kept of a person who was not erased.
 *
 * @param id who
 * @param email by which they log in
 * @param password its hash
 * @param roles what they are
 * @param createdAt when they came
 * @param totpSecret of their authenticator app, encrypted; null where they have none
 * @param totpOn whether codes are asked for
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record UserAccount(UUID id, String email, String password, Set<Role> roles, Instant createdAt,
        byte @Nullable [] totpSecret, boolean totpOn) {

    public UserAccount {
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return "UserAccount[" + this.id + "]";
    }

}
