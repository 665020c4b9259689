package pregao.session.identity.password;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Cost of password hashing.
 *
 * @param memory the memory of a hash in KiB; two concurrent hashes take twice as much
 * @param iterations the number of iterations
 * @param queue the maximum number of waiting tasks of each of the two worker threads
 */
@ConfigurationProperties("pregao.session.password")
public record PasswordProperties(@DefaultValue("19456") int memory, @DefaultValue("2") int iterations,
        @DefaultValue("50") int queue) {

}
