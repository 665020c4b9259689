package pregao.session.identity.user;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of registration and of the first admin.
 *
 * @param registration whether anyone may register or only invited users
 * @param invitation the validity of an invitation
 * @param adminEmail the email address of the first admin, who is created at the first
 * startup
 * @param adminPassword the password of the first admin; if it is empty, a password is
 * generated and written to a file
 * @param adminPasswordFile the file for a generated password, readable only by the owner
 * of the process
 * @param adminId the user ID of the first admin; random if null
 */
@ConfigurationProperties("pregao.session")
public record RegistrationProperties(@DefaultValue("invitation") Registration registration,
        @DefaultValue("7d") Duration invitation, @DefaultValue("admin@pregao.invalid") String adminEmail,
        @DefaultValue("") String adminPassword, @DefaultValue("first-admin-password") Path adminPasswordFile,
        @Nullable UUID adminId) {

    public RegistrationProperties {
        adminEmail = Email.normalize(adminEmail);
    }

    @Override
    public String toString() {
        return "RegistrationProperties[registration=%s, invitation=%s, adminEmail=%s]".formatted(this.registration,
                this.invitation, this.adminEmail);
    }

    /** Who may register. */
    public enum Registration {

        /** Anyone. */
        OPEN,
        /** Users whom an admin has invited. */
        INVITATION

    }

}
