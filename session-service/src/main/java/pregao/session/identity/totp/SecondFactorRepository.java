package pregao.session.identity.totp;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.identity.token.OpaqueToken;

/**
 * Repository of second factors: the encrypted secret, the last accepted time step, and
 * the hashes of recovery codes.
 */
@Component
class SecondFactorRepository {

    private static final String CONSUME_STEP = """
            update session.person set totp_step = :step, totp_since = coalesce(totp_since, :now)
            where id = :id and totp_secret is not null and totp_step < :step""";

    private static final String UPDATE_SECRET = """
            update session.person set totp_secret = :secret, totp_step = 0 where id = :id and totp_since is null""";

    private static final String USE_RECOVERY_CODE = """
            update session.recovery_code set used_at = :now
            where person = :id and hash = :hash and used_at is null""";

    private final DatabaseClient database;

    private final Clock clock;

    SecondFactorRepository(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Saves a secret that is not confirmed yet.
     * @param userId the user
     * @param encryptedSecret the encrypted secret
     * @return false if TOTP is already enabled
     */
    Mono<Boolean> saveSecret(UUID userId, byte[] encryptedSecret) {
        return this.database.sql(UPDATE_SECRET)
            .bind("secret", encryptedSecret)
            .bind("id", userId)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    /**
     * Consumes the code of a time step, so that it cannot be used again.
     * @param userId the user
     * @param step the time step of the code
     * @return false if the code of this or a later step was used before
     */
    Mono<Boolean> consumeStep(UUID userId, long step) {
        return this.database.sql(CONSUME_STEP)
            .bind("step", step)
            .bind("now", this.clock.instant())
            .bind("id", userId)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    Mono<Boolean> useRecoveryCode(UUID userId, OpaqueToken code) {
        return this.database.sql(USE_RECOVERY_CODE)
            .bind("now", this.clock.instant())
            .bind("id", userId)
            .bind("hash", code.hash())
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    Mono<Void> replaceRecoveryCodes(UUID userId, List<OpaqueToken> codes) {
        return deleteRecoveryCodes(userId)
            .thenMany(Flux.fromIterable(codes)
                .concatMap((code) -> this.database
                    .sql("insert into session.recovery_code (person, hash) values (:id, :hash)")
                    .bind("id", userId)
                    .bind("hash", code.hash())
                    .fetch()
                    .rowsUpdated()))
            .then();
    }

    Mono<Void> delete(UUID userId) {
        return this.database
            .sql("update session.person set totp_secret = null, totp_since = null, totp_step = 0 where id = :id")
            .bind("id", userId)
            .fetch()
            .rowsUpdated()
            .then(deleteRecoveryCodes(userId));
    }

    private Mono<Void> deleteRecoveryCodes(UUID userId) {
        return this.database.sql("delete from session.recovery_code where person = :id")
            .bind("id", userId)
            .fetch()
            .rowsUpdated()
            .then();
    }

}
