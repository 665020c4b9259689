package pregao.session.broker.account;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.broker.api.BrokerDefinition;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.ownership.Ownership;
import pregao.session.crypto.DecryptionException;
import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.ratelimit.LoginRateLimiter;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.user.UserRepository;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * A service that connects users to their accounts at brokers, with a code if the broker
 * requires one.
 */
@Component
class AccountConnectionService {

    private final BrokerAccountRepository accounts;

    private final UserRepository users;

    private final BrokerRegistry brokers;

    private final BrokerSessionRegistry sessions;

    private final PendingTwoFactorLogins pendingLogins;

    private final CredentialEncryptor encryptor;

    private final Ownership ownership;

    private final LoginRateLimiter loginRateLimiter;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    private final BrokerProperties settings;

    private final Clock clock;

    AccountConnectionService(BrokerAccountRepository accounts, UserRepository users, BrokerRegistry brokers,
            BrokerSessionRegistry sessions, PendingTwoFactorLogins pendingLogins, CredentialEncryptor encryptor,
            Ownership ownership, LoginRateLimiter loginRateLimiter, AuditLog auditLog,
            TransactionalOperator transactions, BrokerProperties settings, Clock clock) {
        this.accounts = accounts;
        this.users = users;
        this.brokers = brokers;
        this.sessions = sessions;
        this.pendingLogins = pendingLogins;
        this.encryptor = encryptor;
        this.ownership = ownership;
        this.loginRateLimiter = loginRateLimiter;
        this.auditLog = auditLog;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Connects a new account. Idempotent by account ID.
     * @param id the ID of the account; if it exists, its current state is returned
     * @param userId the user
     * @param broker the broker
     * @param label the user's name of the account
     * @param credentials the credentials
     * @param caller the client that sent the request
     * @return the account, with the pending login if the broker requires a code
     */
    Mono<Connected> connect(UUID id, UUID userId, BrokerDefinition broker, String label, Credentials credentials,
            ClientInfo caller) {
        return this.accounts.findByIdAndUser(id, userId)
            .map((account) -> new Connected(account, this.pendingLogins.find(id).orElse(null)))
            .switchIfEmpty(Mono.defer(() -> connect(
                    BrokerAccount.of(id, userId, broker.name(), label, this.ownership.id(), this.clock.instant()),
                    broker, credentials, caller)));
    }

    private Mono<Connected> connect(BrokerAccount account, BrokerDefinition broker, Credentials credentials,
            ClientInfo caller) {
        return checkAccountLimit(account.person()).then(attemptLogin(account, broker, credentials, caller))
            .flatMap((login) -> switch (login) {
                case LoginResult.Open(BrokerSession session) -> completeConnect(account, session, caller);
                case LoginResult.CodeRequired codeRequired -> this.transactions.transactional(addAccount(account, null))
                    .doOnSuccess((done) -> this.ownership.recordCreated(account.id(), account.epoch()))
                    .then(Mono
                        .fromSupplier(() -> new Connected(account, this.pendingLogins.add(account, codeRequired))));
                case LoginResult.Refused refused -> Mono.error(toProblem(refused).asException());
            });
    }

    /**
     * Reconnects an account.
     * @param account the account, which no other live replica may own
     * @param credentials the credentials
     * @param caller the client that sent the request
     * @return the account, with the pending login if the broker requires a code
     */
    Mono<Connected> reconnect(BrokerAccount account, Credentials credentials, ClientInfo caller) {
        return claimOwnership(account)
            .flatMap((ownedAccount) -> attemptLogin(ownedAccount, requireBroker(ownedAccount), credentials, caller)
                .flatMap((login) -> switch (login) {
                    case LoginResult.Open(BrokerSession session) -> completeReconnect(ownedAccount, session, caller);
                    case LoginResult.CodeRequired codeRequired ->
                        Mono.just(new Connected(ownedAccount, this.pendingLogins.add(ownedAccount, codeRequired)));
                    case LoginResult.Refused refused -> Mono.error(toProblem(refused).asException());
                }));
    }

    /**
     * Reconnects an account with the stored credentials.
     * @param account the account, which no other live replica may own
     * @param caller the client that sent the request
     * @return the account, with the pending login if the broker requires a code
     */
    Mono<Connected> reconnectWithStored(BrokerAccount account, ClientInfo caller) {
        return this.accounts.findCredentials(account.id())
            .map((encrypted) -> this.encryptor.decrypt(account.id(), encrypted))
            .onErrorMap(DecryptionException.class, (failure) -> noStoredCredentials())
            .switchIfEmpty(Mono.error(AccountConnectionService::noStoredCredentials))
            .flatMap((credentials) -> reconnect(account, credentials, caller));
    }

    private static ProblemException noStoredCredentials() {
        return ProblemDefinition
            .invalidFields(List
                .of(new FieldViolation("kind", "a way in with its fields, because nothing is kept that can be read")))
            .asException();
    }

    /**
     * Continues a login with a code.
     * @param account the account
     * @param stepId the ID of the pending login
     * @param code the code as the user typed it
     * @param caller the client that sent the request
     * @return the account
     */
    Mono<Connected> submitCode(BrokerAccount account, UUID stepId, String code, ClientInfo caller) {
        PendingTwoFactorLogins.Step step = this.pendingLogins.find(account.id())
            .filter((pending) -> pending.id().equals(stepId))
            .orElseThrow(() -> ProblemDefinition
                .conflict("step-over", "No code is awaited under this step any more: connect the account again")
                .asException());
        this.loginRateLimiter.consume(rateLimitKey(account), caller);
        return requireBroker(account).broker().submitCode(step.wanted(), code).flatMap((login) -> switch (login) {
            case LoginResult.Open(BrokerSession session) -> {
                this.pendingLogins.remove(step);
                this.loginRateLimiter.restore(rateLimitKey(account), caller);
                yield completeReconnect(step.account(), session, caller);
            }
            case LoginResult.CodeRequired codeRequired ->
                Mono.just(new Connected(step.account(), this.pendingLogins.add(step.account(), codeRequired)));
            case LoginResult.Refused refused -> {
                if (refused.why() != LoginResult.Reason.WRONG_CODE) {
                    this.pendingLogins.remove(step);
                }
                yield Mono.error(toProblem(refused).asException());
            }
        });
    }

    private Mono<BrokerAccount> claimOwnership(BrokerAccount account) {
        if (this.ownership.id().equals(account.owner())) {
            return Mono.just(account);
        }
        return this.ownership.claim(account.id())
            .map((epoch) -> account.withOwner(this.ownership.id(), epoch))
            .switchIfEmpty(
                    Mono.error(() -> ProblemDefinition.unavailable("Another replica has the account").asException()));
    }

    /** Checks the limit again, because accounts may have been added meanwhile. */
    private Mono<Void> addAccount(BrokerAccount account, byte @Nullable [] encrypted) {
        return this.users.lock(account.person())
            .then(checkAccountLimit(account.person()))
            .then(Mono.defer(() -> this.accounts.add(account, encrypted)))
            .onErrorMap(DuplicateKeyException.class,
                    (failure) -> ProblemDefinition
                        .conflict("account-connected", "The same request has connected the account meanwhile")
                        .asException());
    }

    private Mono<Void> checkAccountLimit(UUID userId) {
        return this.accounts.findByUser(userId)
            .count()
            .filter((count) -> count < this.settings.maxAccounts())
            .switchIfEmpty(Mono.error(() -> ProblemDefinition
                .conflict("too-many", "You have %d accounts at brokers".formatted(this.settings.maxAccounts()))
                .asException()))
            .then();
    }

    private Mono<LoginResult> attemptLogin(BrokerAccount account, BrokerDefinition broker, Credentials credentials,
            ClientInfo caller) {
        return Mono.defer(() -> {
            this.loginRateLimiter.consume(rateLimitKey(account), caller);
            return broker.broker().connect(credentials);
        }).doOnNext((login) -> {
            if (!(login instanceof LoginResult.Refused)) {
                this.loginRateLimiter.restore(rateLimitKey(account), caller);
            }
        });
    }

    private Mono<Connected> completeConnect(BrokerAccount newAccount, BrokerSession session, ClientInfo caller) {
        BrokerAccount account = newAccount.withState(BrokerSessionEventType.OPENED, "", this.clock.instant());
        byte[] encrypted = this.encryptor.encrypt(account.id(), session.credentials());
        return this.transactions.transactional(addAccount(account, encrypted).then(audit(account, caller)))
            .onErrorResume((failure) -> session.close().then(Mono.error(failure)))
            .doOnSuccess((done) -> this.ownership.recordCreated(account.id(), account.epoch()))
            .then(Mono.defer(() -> this.sessions.adopt(account, session)))
            .thenReturn(new Connected(account, null));
    }

    private Mono<Connected> completeReconnect(BrokerAccount ownedAccount, BrokerSession session, ClientInfo caller) {
        BrokerAccount account = ownedAccount.withState(BrokerSessionEventType.OPENED, "", this.clock.instant());
        byte[] encrypted = this.encryptor.encrypt(account.id(), session.credentials());
        Mono<Boolean> update = this.accounts.saveCredentials(account, encrypted)
            .filter((updated) -> updated)
            .delayUntil((updated) -> this.accounts.updateState(account, BrokerSessionEventType.OPENED, ""))
            .delayUntil((updated) -> audit(account, caller));
        return this.transactions.transactional(update)
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.unavailable("Another replica has the account now").asException()))
            .onErrorResume((failure) -> session.close().then(Mono.error(failure)))
            .then(Mono.defer(() -> this.sessions.adopt(account, session)))
            .thenReturn(new Connected(account, null));
    }

    private Mono<Void> audit(BrokerAccount account, ClientInfo caller) {
        return this.auditLog.recordOwn(AuditEventType.BROKER_CONNECTED, account.person(), caller,
                account.broker() + " " + account.id());
    }

    private BrokerDefinition requireBroker(BrokerAccount account) {
        return this.brokers.findByName(account.broker())
            .orElseThrow(() -> ProblemDefinition.conflict("no-such-broker", "The broker is not set up any more")
                .asException());
    }

    private static String rateLimitKey(BrokerAccount account) {
        return account.person() + "@" + account.broker();
    }

    private static ProblemDefinition toProblem(LoginResult.Refused refused) {
        return switch (refused.why()) {
            case WRONG_CREDENTIALS -> loginProblem("wrong-credentials", refused);
            case WRONG_CODE -> loginProblem("wrong-code", refused);
            case SIGNED_OUT -> loginProblem("signed-out", refused);
            case FORBIDDEN -> loginProblem("password-not-taken", refused);
            case TOO_MANY -> ProblemDefinition.tooManyAttempts(
                    Objects.requireNonNullElse(refused.retryAfter(), PendingTwoFactorLogins.CODE_VALIDITY));
            case UNREACHABLE -> ProblemDefinition.unavailable("The broker cannot be reached: " + refused.message());
        };
    }

    private static ProblemDefinition loginProblem(String name, LoginResult.Refused refused) {
        return new ProblemDefinition(name, "The broker did not let you in", 422, describe(refused), List.of(),
                Map.of());
    }

    private static String describe(LoginResult.Refused refused) {
        return refused.message().isEmpty() ? "The broker said no" : refused.message();
    }

    /**
     * The result of a connection attempt.
     *
     * @param account the account
     * @param step the pending login that requires a code, or null if the user is logged
     * in
     */
    record Connected(BrokerAccount account, PendingTwoFactorLogins.@Nullable Step step) {

    }

}
