package pregao.session.identity.password;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hard it is to guess a password from what is stored.
 *
 * @param memory in KiB; two hashes at a time need it twice
 * @param iterations how often it is gone through
 * @param queue how many wait for each of the two
 */
@ConfigurationProperties("pregao.session.password")
public record PasswordProperties(@DefaultValue("19456") int memory, @DefaultValue("2") int iterations,
        @DefaultValue("50") int queue) {

}
