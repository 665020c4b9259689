package pregao.session.identity.bootstrap;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pregao.session.health.StartupRetry;
import pregao.session.identity.feed.FeedRepository;
import pregao.session.identity.key.ApiKeyRepository;
import pregao.session.identity.password.PasswordHasher;
import pregao.session.identity.security.Role;
import pregao.session.identity.token.OpaqueToken;
import pregao.session.identity.user.RegistrationProperties;
import pregao.session.identity.user.UserRepository;

/**
 * Makes the first admin where there is nobody yet, and what the settings name.
 */
@Component
@DependsOnDatabaseInitialization
class BootstrapRunner implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger(BootstrapRunner.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('session.person'))::text";

    private static final String OLDEST_ADMIN = """
            select id from session.person where 'admin' = any(roles) order by created_at, id limit 1""";

    private final DatabaseClient database;

    private final TransactionalOperator transactions;

    private final UserRepository people;

    private final FeedRepository feeds;

    private final ApiKeyRepository keys;

    private final PasswordHasher passwords;

    private final RegistrationProperties settings;

    private final BootstrapProperties first;

    private final Clock clock;

    BootstrapRunner(DatabaseClient database, TransactionalOperator transactions, UserRepository people,
            FeedRepository feeds, ApiKeyRepository keys, PasswordHasher passwords, RegistrationProperties settings,
            BootstrapProperties first, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.people = people;
        this.feeds = feeds;
        this.keys = keys;
        this.passwords = passwords;
        this.settings = settings;
        this.first = first;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        String made = this.settings.adminPassword().isEmpty() ? OpaqueToken.random().text() : null;
        Boolean added = this.transactions.transactional(prepare(made))
            .retryWhen(StartupRetry.onConnectionFailure())
            .block(TIMEOUT);
        if (made != null && Boolean.TRUE.equals(added)) {
            log.warn("The first admin is {}. The password is in {}: change it, then delete the file",
                    this.settings.adminEmail(), this.settings.adminPasswordFile().toAbsolutePath());
        }
    }

    private Mono<Boolean> prepare(@Nullable String made) {
        return this.database.sql(LOCK)
            .fetch()
            .one()
            .then(this.database.sql("select exists (select from session.person)").mapValue(Boolean.class).one())
            .flatMap((somebody) -> somebody ? Mono.just(false) : addAdmin(made))
            .delayUntil((added) -> this.database.sql(OLDEST_ADMIN)
                .map((row) -> Objects.requireNonNull(row.get(0, UUID.class)))
                .one()
                .flatMap(this::addWhatSettingsName));
    }

    /** Where the file cannot be written, nobody is added. */
    private Mono<Boolean> addAdmin(@Nullable String made) {
        UUID id = Objects.requireNonNullElseGet(this.settings.adminId(), UUID::randomUUID);
        return this.passwords.encode((made != null) ? made : this.settings.adminPassword())
            .flatMap((hash) -> this.people.add(id, this.settings.adminEmail(), hash, Set.of(Role.TRADER, Role.ADMIN),
                    this.clock.instant()))
            .delayUntil((added) -> (made != null && added) ? write(made) : Mono.empty());
    }

    private Mono<Void> write(String password) {
        PasswordFile file = new PasswordFile(this.settings.adminPasswordFile());
        return Mono.<Void>fromRunnable(() -> file.write(password)).subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> addWhatSettingsName(UUID admin) {
        return Flux.fromIterable(this.first.feeds())
            .concatMap((feed) -> this.feeds.add(feed.toFeed(), admin))
            .thenMany(Flux.fromIterable(this.first.keys()))
            .concatMap((key) -> this.keys.add(key.hash(), admin,
                    ApiKeyRepository.ApiKeySummary.of(UUID.randomUUID(), "from the settings", "", key.feed(),
                            key.scopes(), this.clock.instant())))
            .then();
    }

}
