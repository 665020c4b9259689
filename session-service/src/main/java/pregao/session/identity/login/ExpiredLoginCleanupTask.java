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
 * Periodic tasks that delete expired refresh tokens, ended logins, old audit events and
 * restored login attempts.
 */
@Configuration(proxyBeanMethods = false)
class ExpiredLoginCleanupTask {

    private static final Duration LOGIN_CLEANUP_INTERVAL = Duration.ofHours(1);

    /**
     * Shorter than for logins, because a client that tries many addresses creates a row
     * for each, which lives for minutes.
     */
    private static final Duration ATTEMPT_CLEANUP_INTERVAL = Duration.ofMinutes(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final String DELETE_TOKENS = "delete from session.refresh_token where expires_at < :before";

    private static final String DELETE_LOGINS = """
            delete from session.login l where coalesce(l.ended_at, l.seen_at) < :before
              and (l.ended_at is not null or not exists (select from session.refresh_token t where t.login = l.id))""";

    @Bean
    PeriodicTask forgettingOfOldLogins(DatabaseClient database, LoginProperties settings, AuditLog auditLog,
            Clock clock) {
        return new PeriodicTask("old-logins", LOGIN_CLEANUP_INTERVAL, () -> {
            Instant now = clock.instant();
            delete(database, DELETE_TOKENS, now).then(delete(database, DELETE_LOGINS, now.minus(settings.retention())))
                .then(auditLog.deleteBefore(now.minus(settings.auditRetention())))
                .block(TIMEOUT);
        });
    }

    @Bean
    PeriodicTask forgettingOfGuesses(LoginRateLimiter rateLimiter) {
        return new PeriodicTask("old-guesses", ATTEMPT_CLEANUP_INTERVAL,
                () -> rateLimiter.deleteExpired().block(TIMEOUT));
    }

    private static Mono<Long> delete(DatabaseClient database, String sql, Instant before) {
        return database.sql(sql).bind("before", before).fetch().rowsUpdated();
    }

}
