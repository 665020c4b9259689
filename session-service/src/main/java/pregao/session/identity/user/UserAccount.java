package pregao.session.identity.user;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.session.identity.security.Role;

/**
 * Account of a user who is not erased.
 *
 * @param id the user ID
 * @param email the email address to log in with
 * @param password the password hash
 * @param roles the roles of the user
 * @param createdAt the time of registration
 * @param totpSecret the encrypted TOTP secret, or null if there is none
 * @param totpOn whether TOTP is enabled
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
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
