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
 * The table of signing keys, encrypted, the same for all replicas.
 */
@Component
class SigningKeyRepository {

    private static final Logger log = LoggerFactory.getLogger(SigningKeyRepository.class);

    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('session.signing_key'))::text";

    private static final String READ = "select kid, pair, signs_from from session.signing_key order by signs_from, kid";

    private static final String ADD = """
            insert into session.signing_key (kid, pair, signs_from) values (:kid, :pair, :signsFrom)""";

    /** Those whose successor signs since so long that no token of theirs is good. */
    private static final String FORGET = """
            delete from session.signing_key old where exists (select from session.signing_key newer
              where newer.signs_from > old.signs_from and newer.signs_from < :over)""";

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final AesGcmEncryptor secrets;

    private final KeyRotationPolicy rotation;

    private final Clock clock;

    SigningKeyRepository(DatabaseClient database, TransactionalOperator transactions, AesGcmEncryptor secrets,
            TokenProperties settings, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.secrets = secrets;
        this.rotation = new KeyRotationPolicy(settings);
        this.clock = clock;
    }

    /**
     * Reads the keys; makes the next one, and forgets old ones, where it is time.
     * @return the keys, in the order in which they sign; at least one
     */
    Mono<List<SigningKey>> read() {
        Instant now = this.clock.instant();
        return stored().filter((keys) -> next(keys, now).isEmpty())
            .switchIfEmpty(Mono.defer(() -> this.transactions.transactional(renew(now))));
    }

    private Mono<List<SigningKey>> renew(Instant now) {
        return this.database.sql(LOCK)
            .fetch()
            .one()
            .then(stored())
            .flatMap((keys) -> next(keys, now).map((begins) -> add(begins).then(forget(now)).then(stored()))
                .orElseGet(() -> Mono.just(keys)));
    }

    private Optional<Instant> next(List<SigningKey> keys, Instant now) {
        return this.rotation.next(keys.stream().map(SigningKey::signsFrom).toList(), now);
    }

    private Mono<Void> add(Instant begins) {
        ECKey pair = generate();
        byte[] sealed = this.secrets.encrypt(purpose(pair.getKeyID()),
                pair.toJSONString().getBytes(StandardCharsets.UTF_8));
        return this.database.sql(ADD)
            .bind("kid", pair.getKeyID())
            .bind("pair", sealed)
            .bind("signsFrom", begins)
            .fetch()
            .rowsUpdated()
            .doOnNext((count) -> log.info("signing key {} begins at {}", pair.getKeyID(), begins))
            .then();
    }

    private Mono<Void> forget(Instant now) {
        return this.database.sql(FORGET).bind("over", this.rotation.over(now)).fetch().rowsUpdated().then();
    }

    private Mono<List<SigningKey>> stored() {
        return this.database.sql(READ)
            .map(this::row)
            .all()
            .concatMap((key) -> Flux.fromStream(key.stream()))
            .collectList()
            .timeout(Duration.ofSeconds(10));
    }

    private Optional<SigningKey> row(Readable row) {
        String kid = Objects.requireNonNull(row.get("kid", String.class));
        try {
            byte[] pair = this.secrets.decrypt(purpose(kid), Objects.requireNonNull(row.get("pair", byte[].class)));
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

    private static String purpose(String kid) {
        return "signing-key:" + kid;
    }

}
