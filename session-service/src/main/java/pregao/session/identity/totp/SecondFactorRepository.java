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
 * What is stored of second factors: the secret, encrypted, the last step that was taken,
 * and the hashes of recovery codes.
 */
@Component
class SecondFactorRepository {

    private static final String TAKE_STEP = """
            update session.person set totp_step = :step, totp_since = coalesce(totp_since, :now)
            where id = :id and totp_secret is not null and totp_step < :step""";

    private static final String BEGIN = """
            update session.person set totp_secret = :secret, totp_step = 0 where id = :id and totp_since is null""";

    private static final String USE = """
            update session.recovery_code set used_at = :now
            where person = :id and hash = :hash and used_at is null""";

    private final DatabaseClient database;

    private final Clock clock;

    SecondFactorRepository(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps a secret whose first code is still to come.
     * @param id whose
     * @param sealed the secret, encrypted
     * @return false where codes are asked for already
     */
    Mono<Boolean> begin(UUID id, byte[] sealed) {
        return this.database.sql(BEGIN)
            .bind("secret", sealed)
            .bind("id", id)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    /**
     * Takes the code of a step, once.
     * @param id whose
     * @param step of the code
     * @return false where it, or a later one, was taken before
     */
    Mono<Boolean> takeStep(UUID id, long step) {
        return this.database.sql(TAKE_STEP)
            .bind("step", step)
            .bind("now", this.clock.instant())
            .bind("id", id)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    Mono<Boolean> useRecoveryCode(UUID id, OpaqueToken code) {
        return this.database.sql(USE)
            .bind("now", this.clock.instant())
            .bind("id", id)
            .bind("hash", code.hash())
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    Mono<Void> keepRecoveryCodes(UUID id, List<OpaqueToken> codes) {
        return forgetRecoveryCodes(id)
            .thenMany(Flux.fromIterable(codes)
                .concatMap((code) -> this.database
                    .sql("insert into session.recovery_code (person, hash) values (:id, :hash)")
                    .bind("id", id)
                    .bind("hash", code.hash())
                    .fetch()
                    .rowsUpdated()))
            .then();
    }

    Mono<Void> end(UUID id) {
        return this.database
            .sql("update session.person set totp_secret = null, totp_since = null, totp_step = 0 where id = :id")
            .bind("id", id)
            .fetch()
            .rowsUpdated()
            .then(forgetRecoveryCodes(id));
    }

    private Mono<Void> forgetRecoveryCodes(UUID id) {
        return this.database.sql("delete from session.recovery_code where person = :id")
            .bind("id", id)
            .fetch()
            .rowsUpdated()
            .then();
    }

}
