package pregao.session.identity.user;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people come.
 *
 * @param registration whether anybody may register, or only who was invited
 * @param invitation how long an invitation is good
 * @param adminEmail of the first admin, who is made at the first start
 * @param adminPassword of the first admin; where there is none, one is made and written
 * to a file
 * @param adminPasswordFile where a password that was made is written, for the owner of
 * the process only
 * @param adminId of the first admin; random where there is none
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

        /** Anybody. */
        OPEN,
        /** Who was invited by an admin. */
        INVITATION

    }

}
