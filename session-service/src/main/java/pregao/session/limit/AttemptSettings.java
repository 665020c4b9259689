package pregao.session.limit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many wrong tries are taken.
 *
 * @param account at one account from one network, at once
 * @param accountEvery after which one more is taken
 * @param network from one network at all accounts, at once
 * @param networkEvery after which one more is taken
 */
@ConfigurationProperties("pregao.session.attempt")
public record AttemptSettings(@DefaultValue("5") int account, @DefaultValue("30s") Duration accountEvery,
        @DefaultValue("50") int network, @DefaultValue("2s") Duration networkEvery) {

}
