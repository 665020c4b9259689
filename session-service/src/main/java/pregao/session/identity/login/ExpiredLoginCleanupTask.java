package pregao.session.identity.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

import pregao.background.PeriodicTask;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.ratelimit.LoginRateLimiter;

/**
 * Forgets what is over: refresh tokens that would not be taken any more, logins that have
 * ended, events that are old, wrong tries that have come back.
 */
@Configuration(proxyBeanMethods = false)
class ExpiredLoginCleanupTask {

    private static final Duration EVERY = Duration.ofHours(1);

    /** Whoever tries many addresses makes a row of each, which lives for minutes. */
    private static final Duration OFTEN = Duration.ofMinutes(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final String TOKENS = "delete from session.refresh_token where expires_at < :before";

    private static final String LOGINS = """
            delete from session.login l where coalesce(l.ended_at, l.seen_at) < :before
              and (l.ended_at is not null or not exists (select from session.refresh_token t where t.login = l.id))""";

    @Bean
    PeriodicTask forgettingOfOldLogins(DatabaseClient database, LoginProperties settings, AuditLog events,
            Clock clock) {
        return new PeriodicTask("old-logins", EVERY, () -> {
            Instant now = clock.instant();
            delete(database, TOKENS, now).then(delete(database, LOGINS, now.minus(settings.retention())))
                .then(events.forget(now.minus(settings.auditRetention())))
                .block(TIMEOUT);
        });
    }

    @Bean
    PeriodicTask forgettingOfGuesses(LoginRateLimiter attempts) {
        return new PeriodicTask("old-guesses", OFTEN, () -> attempts.forgetOld().block(TIMEOUT));
    }

    private static Mono<Long> delete(DatabaseClient database, String sql, Instant before) {
        return database.sql(sql).bind("before", before).fetch().rowsUpdated();
    }

}
