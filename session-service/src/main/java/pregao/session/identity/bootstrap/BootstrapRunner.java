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
 * Startup task that creates the first admin if there are no users, and the configured
 * feeds and API keys.
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

    private final UserRepository users;

    private final FeedRepository feeds;

    private final ApiKeyRepository apiKeys;

    private final PasswordHasher passwordHasher;

    private final RegistrationProperties registrationProperties;

    private final BootstrapProperties bootstrapProperties;

    private final Clock clock;

    BootstrapRunner(DatabaseClient database, TransactionalOperator transactions, UserRepository users,
            FeedRepository feeds, ApiKeyRepository apiKeys, PasswordHasher passwordHasher,
            RegistrationProperties registrationProperties, BootstrapProperties bootstrapProperties, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.users = users;
        this.feeds = feeds;
        this.apiKeys = apiKeys;
        this.passwordHasher = passwordHasher;
        this.registrationProperties = registrationProperties;
        this.bootstrapProperties = bootstrapProperties;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        String generatedPassword = this.registrationProperties.adminPassword().isEmpty() ? OpaqueToken.random().text()
                : null;
        Boolean created = this.transactions.transactional(bootstrap(generatedPassword))
            .retryWhen(StartupRetry.onConnectionFailure())
            .block(TIMEOUT);
        if (generatedPassword != null && Boolean.TRUE.equals(created)) {
            log.warn("The first admin is {}. The password is in {}: change it, then delete the file",
                    this.registrationProperties.adminEmail(),
                    this.registrationProperties.adminPasswordFile().toAbsolutePath());
        }
    }

    private Mono<Boolean> bootstrap(@Nullable String generatedPassword) {
        return this.database.sql(LOCK)
            .fetch()
            .one()
            .then(this.database.sql("select exists (select from session.person)").mapValue(Boolean.class).one())
            .flatMap((usersExist) -> usersExist ? Mono.just(false) : createAdmin(generatedPassword))
            .delayUntil((created) -> this.database.sql(OLDEST_ADMIN)
                .map((row) -> Objects.requireNonNull(row.get(0, UUID.class)))
                .one()
                .flatMap(this::addConfiguredFeedsAndKeys));
    }

    /**
     * Creates the admin. If the password file cannot be written, the transaction is
     * rolled back.
     */
    private Mono<Boolean> createAdmin(@Nullable String generatedPassword) {
        UUID id = Objects.requireNonNullElseGet(this.registrationProperties.adminId(), UUID::randomUUID);
        return this.passwordHasher
            .encode((generatedPassword != null) ? generatedPassword : this.registrationProperties.adminPassword())
            .flatMap((hash) -> this.users.add(id, this.registrationProperties.adminEmail(), hash,
                    Set.of(Role.TRADER, Role.ADMIN), this.clock.instant()))
            .delayUntil((created) -> (generatedPassword != null && created) ? writePasswordFile(generatedPassword)
                    : Mono.empty());
    }

    private Mono<Void> writePasswordFile(String password) {
        PasswordFile file = new PasswordFile(this.registrationProperties.adminPasswordFile());
        return Mono.<Void>fromRunnable(() -> file.write(password)).subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> addConfiguredFeedsAndKeys(UUID adminId) {
        return Flux.fromIterable(this.bootstrapProperties.feeds())
            .concatMap((feed) -> this.feeds.add(feed.toFeed(), adminId))
            .thenMany(Flux.fromIterable(this.bootstrapProperties.keys()))
            .concatMap((key) -> this.apiKeys.add(key.hash(), adminId,
                    ApiKeyRepository.ApiKeySummary.of(UUID.randomUUID(), "from the settings", "", key.feed(),
                            key.scopes(), this.clock.instant())))
            .then();
    }

}
