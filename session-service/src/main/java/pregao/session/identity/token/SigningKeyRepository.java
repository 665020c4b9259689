package pregao.session.identity.token;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.r2dbc.spi.Readable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.crypto.AesGcmEncryptor;
import pregao.session.crypto.DecryptionException;

/**
 * Repository of the signing keys, which are encrypted and shared by all replicas.
 */
@Component
class SigningKeyRepository {

    private static final Logger log = LoggerFactory.getLogger(SigningKeyRepository.class);

    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('session.signing_key'))::text";

    private static final String LOAD = "select kid, pair, signs_from from session.signing_key order by signs_from, kid";

    private static final String INSERT = """
            insert into session.signing_key (kid, pair, signs_from) values (:kid, :pair, :signsFrom)""";

    /**
     * Deletes keys whose successor has signed for so long that no token of theirs is
     * valid.
     */
    private static final String DELETE_EXPIRED = """
            delete from session.signing_key old where exists (select from session.signing_key newer
              where newer.signs_from > old.signs_from and newer.signs_from < :over)""";

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final AesGcmEncryptor encryptor;

    private final KeyRotationPolicy rotation;

    private final Clock clock;

    SigningKeyRepository(DatabaseClient database, TransactionalOperator transactions, AesGcmEncryptor encryptor,
            TokenProperties settings, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.encryptor = encryptor;
        this.rotation = new KeyRotationPolicy(settings);
        this.clock = clock;
    }

    /**
     * Loads the keys. If it is time, creates the next key and deletes expired ones.
     * @return the keys, ordered by the time from which they sign; at least one
     */
    Mono<List<SigningKey>> loadAndRotate() {
        Instant now = this.clock.instant();
        return findAll().filter((keys) -> findNextStart(keys, now).isEmpty())
            .switchIfEmpty(Mono.defer(() -> this.transactions.transactional(createNext(now))));
    }

    private Mono<List<SigningKey>> createNext(Instant now) {
        return this.database.sql(LOCK)
            .fetch()
            .one()
            .then(findAll())
            .flatMap((keys) -> findNextStart(keys, now)
                .map((signsFrom) -> insert(signsFrom).then(deleteExpired(now)).then(findAll()))
                .orElseGet(() -> Mono.just(keys)));
    }

    private Optional<Instant> findNextStart(List<SigningKey> keys, Instant now) {
        return this.rotation.findNextStart(keys.stream().map(SigningKey::signsFrom).toList(), now);
    }

    private Mono<Void> insert(Instant signsFrom) {
        ECKey pair = generate();
        byte[] encrypted = this.encryptor.encrypt(createPurpose(pair.getKeyID()),
                pair.toJSONString().getBytes(StandardCharsets.UTF_8));
        return this.database.sql(INSERT)
            .bind("kid", pair.getKeyID())
            .bind("pair", encrypted)
            .bind("signsFrom", signsFrom)
            .fetch()
            .rowsUpdated()
            .doOnNext((count) -> log.info("signing key {} begins at {}", pair.getKeyID(), signsFrom))
            .then();
    }

    private Mono<Void> deleteExpired(Instant now) {
        return this.database.sql(DELETE_EXPIRED)
            .bind("over", this.rotation.computeDeletionThreshold(now))
            .fetch()
            .rowsUpdated()
            .then();
    }

    private Mono<List<SigningKey>> findAll() {
        return this.database.sql(LOAD)
            .map(this::toSigningKey)
            .all()
            .concatMap((key) -> Flux.fromStream(key.stream()))
            .collectList()
            .timeout(Duration.ofSeconds(10));
    }

    private Optional<SigningKey> toSigningKey(Readable row) {
        String kid = Objects.requireNonNull(row.get("kid", String.class));
        try {
            byte[] pair = this.encryptor.decrypt(createPurpose(kid),
                    Objects.requireNonNull(row.get("pair", byte[].class)));
            return Optional.of(new SigningKey(ECKey.parse(new String(pair, StandardCharsets.UTF_8)),
                    Objects.requireNonNull(row.get("signs_from", Instant.class))));
        }
        catch (DecryptionException | ParseException ex) {
            log.warn("signing key {} cannot be read: {}", kid, ex.getMessage());
            return Optional.empty();
        }
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException("every JDK has P-256", ex);
        }
    }

    private static String createPurpose(String kid) {
        return "signing-key:" + kid;
    }

}
