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
 * Lets people into their accounts at brokers, with a code where the broker wants one.
 */
@Component
class AccountConnectionService {

    private final BrokerAccountRepository accounts;

    private final UserRepository people;

    private final BrokerRegistry brokers;

    private final BrokerSessionRegistry sessions;

    private final PendingTwoFactorLogins steps;

    private final CredentialEncryptor secrets;

    private final Ownership ownership;

    private final LoginRateLimiter attempts;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    private final BrokerProperties settings;

    private final Clock clock;

    AccountConnectionService(BrokerAccountRepository accounts, UserRepository people, BrokerRegistry brokers,
            BrokerSessionRegistry sessions, PendingTwoFactorLogins steps, CredentialEncryptor secrets,
            Ownership ownership, LoginRateLimiter attempts, AuditLog events, TransactionalOperator transactions,
            BrokerProperties settings, Clock clock) {
        this.accounts = accounts;
        this.people = people;
        this.brokers = brokers;
        this.sessions = sessions;
        this.steps = steps;
        this.secrets = secrets;
        this.ownership = ownership;
        this.attempts = attempts;
        this.events = events;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Connects another account, once.
     * @param id of the account; one that is known is answered as it is
     * @param person whose
     * @param broker where
     * @param label what its person calls it
     * @param credentials what was given
     * @param caller from where
     * @return the account, or the wish for a code
     */
    Mono<Connected> connect(UUID id, UUID person, BrokerDefinition broker, String label, Credentials credentials,
            ClientInfo caller) {
        return this.accounts.of(id, person)
            .map((brokerAccount) -> new Connected(brokerAccount, this.steps.of(id).orElse(null)))
            .switchIfEmpty(Mono.defer(() -> connect(
                    BrokerAccount.of(id, person, broker.name(), label, this.ownership.id(), this.clock.instant()),
                    broker, credentials, caller)));
    }

    private Mono<Connected> connect(BrokerAccount account, BrokerDefinition broker, Credentials credentials,
            ClientInfo caller) {
        return mayHaveAnother(account.person()).then(attempt(account, broker, credentials, caller))
            .flatMap((login) -> switch (login) {
                case LoginResult.Open(BrokerSession session) -> first(account, session, caller);
                case LoginResult.CodeRequired wanted -> this.transactions.transactional(added(account, null))
                    .doOnSuccess((done) -> this.ownership.recordCreated(account.id(), account.epoch()))
                    .then(Mono.fromSupplier(() -> new Connected(account, this.steps.remember(account, wanted))));
                case LoginResult.Refused refused -> Mono.error(refused(refused).asException());
            });
    }

    /**
     * Connects an account again.
     * @param account which; nobody else may own it
     * @param credentials what was given
     * @param caller from where
     * @return the account, or the wish for a code
     */
    Mono<Connected> reconnect(BrokerAccount account, Credentials credentials, ClientInfo caller) {
        return owned(account)
            .flatMap((mine) -> attempt(mine, broker(mine), credentials, caller).flatMap((login) -> switch (login) {
                case LoginResult.Open(BrokerSession session) -> again(mine, session, caller);
                case LoginResult.CodeRequired wanted ->
                    Mono.just(new Connected(mine, this.steps.remember(mine, wanted)));
                case LoginResult.Refused refused -> Mono.error(refused(refused).asException());
            }));
    }

    /**
     * Connects an account again with what is kept.
     * @param account which; nobody else may own it
     * @param caller from where
     * @return the account, or the wish for a code
     */
    Mono<Connected> retry(BrokerAccount account, ClientInfo caller) {
        return this.accounts.credentials(account.id())
            .map((sealed) -> this.secrets.open(account.id(), sealed))
            .onErrorMap(DecryptionException.class, (lost) -> nothingKept())
            .switchIfEmpty(Mono.error(AccountConnectionService::nothingKept))
            .flatMap((credentials) -> reconnect(account, credentials, caller));
    }

    private static ProblemException nothingKept() {
        return ProblemDefinition
            .invalidFields(List
                .of(new FieldViolation("kind", "a way in with its fields, because nothing is kept that can be read")))
            .asException();
    }

    /**
     * Goes on with a code.
     * @param account which
     * @param id of the step
     * @param code as typed
     * @param caller from where
     * @return the account
     */
    Mono<Connected> answer(BrokerAccount account, UUID id, String code, ClientInfo caller) {
        PendingTwoFactorLogins.Step step = this.steps.of(account.id())
            .filter((each) -> each.id().equals(id))
            .orElseThrow(() -> ProblemDefinition
                .conflict("step-over", "No code is awaited under this step any more: connect the account again")
                .asException());
        this.attempts.consume(name(account), caller);
        return broker(account).broker().submitCode(step.wanted(), code).flatMap((login) -> switch (login) {
            case LoginResult.Open(BrokerSession session) -> {
                this.steps.over(step);
                this.attempts.restore(name(account), caller);
                yield again(step.account(), session, caller);
            }
            case LoginResult.CodeRequired wanted ->
                Mono.just(new Connected(step.account(), this.steps.remember(step.account(), wanted)));
            case LoginResult.Refused refused -> {
                if (refused.why() != LoginResult.Reason.WRONG_CODE) {
                    this.steps.over(step);
                }
                yield Mono.error(refused(refused).asException());
            }
        });
    }

    private Mono<BrokerAccount> owned(BrokerAccount account) {
        if (this.ownership.id().equals(account.owner())) {
            return Mono.just(account);
        }
        return this.ownership.claim(account.id())
            .map((epoch) -> account.owned(this.ownership.id(), epoch))
            .switchIfEmpty(
                    Mono.error(() -> ProblemDefinition.unavailable("Another replica has the account").asException()));
    }

    /** Counted again: the broker took its time. */
    private Mono<Void> added(BrokerAccount account, byte @Nullable [] sealed) {
        return this.people.lock(account.person())
            .then(mayHaveAnother(account.person()))
            .then(Mono.defer(() -> this.accounts.add(account, sealed)))
            .onErrorMap(DuplicateKeyException.class,
                    (twice) -> ProblemDefinition
                        .conflict("account-connected", "The same request has connected the account meanwhile")
                        .asException());
    }

    private Mono<Void> mayHaveAnother(UUID person) {
        return this.accounts.all(person)
            .count()
            .filter((count) -> count < this.settings.maxAccounts())
            .switchIfEmpty(Mono.error(() -> ProblemDefinition
                .conflict("too-many", "You have %d accounts at brokers".formatted(this.settings.maxAccounts()))
                .asException()))
            .then();
    }

    private Mono<LoginResult> attempt(BrokerAccount account, BrokerDefinition broker, Credentials credentials,
            ClientInfo caller) {
        return Mono.defer(() -> {
            this.attempts.consume(name(account), caller);
            return broker.broker().connect(credentials);
        }).doOnNext((login) -> {
            if (!(login instanceof LoginResult.Refused)) {
                this.attempts.restore(name(account), caller);
            }
        });
    }

    private Mono<Connected> first(BrokerAccount brokerAccount, BrokerSession session, ClientInfo caller) {
        BrokerAccount account = brokerAccount.with(BrokerSessionEventType.OPENED, "", this.clock.instant());
        byte[] sealed = this.secrets.seal(account.id(), session.credentials());
        return this.transactions.transactional(added(account, sealed).then(note(account, caller)))
            .onErrorResume((failure) -> session.close().then(Mono.error(failure)))
            .doOnSuccess((done) -> this.ownership.recordCreated(account.id(), account.epoch()))
            .then(Mono.defer(() -> this.sessions.adopt(account, session)))
            .thenReturn(new Connected(account, null));
    }

    private Mono<Connected> again(BrokerAccount owned, BrokerSession session, ClientInfo caller) {
        BrokerAccount account = owned.with(BrokerSessionEventType.OPENED, "", this.clock.instant());
        byte[] sealed = this.secrets.seal(account.id(), session.credentials());
        Mono<Boolean> written = this.accounts.keep(account, sealed)
            .filter((mine) -> mine)
            .delayUntil((mine) -> this.accounts.change(account, BrokerSessionEventType.OPENED, ""))
            .delayUntil((mine) -> note(account, caller));
        return this.transactions.transactional(written)
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.unavailable("Another replica has the account now").asException()))
            .onErrorResume((failure) -> session.close().then(Mono.error(failure)))
            .then(Mono.defer(() -> this.sessions.adopt(account, session)))
            .thenReturn(new Connected(account, null));
    }

    private Mono<Void> note(BrokerAccount account, ClientInfo caller) {
        return this.events.recordOwn(AuditEventType.BROKER_CONNECTED, account.person(), caller,
                account.broker() + " " + account.id());
    }

    private BrokerDefinition broker(BrokerAccount account) {
        return this.brokers.named(account.broker())
            .orElseThrow(() -> ProblemDefinition.conflict("no-such-broker", "The broker is not set up any more")
                .asException());
    }

    private static String name(BrokerAccount account) {
        return account.person() + "@" + account.broker();
    }

    private static ProblemDefinition refused(LoginResult.Refused refused) {
        return switch (refused.why()) {
            case WRONG_CREDENTIALS -> notLetIn("wrong-credentials", refused);
            case WRONG_CODE -> notLetIn("wrong-code", refused);
            case SIGNED_OUT -> notLetIn("signed-out", refused);
            case FORBIDDEN -> notLetIn("password-not-taken", refused);
            case TOO_MANY -> ProblemDefinition
                .tooManyAttempts(Objects.requireNonNullElse(refused.retryAfter(), PendingTwoFactorLogins.LIFE));
            case UNREACHABLE -> ProblemDefinition.unavailable("The broker cannot be reached: " + refused.message());
        };
    }

    private static ProblemDefinition notLetIn(String name, LoginResult.Refused refused) {
        return new ProblemDefinition(name, "The broker did not let you in", 422, words(refused), List.of(), Map.of());
    }

    private static String words(LoginResult.Refused refused) {
        return refused.message().isEmpty() ? "The broker said no" : refused.message();
    }

    /**
     * How far it came.
     *
     * @param account which
     * @param step for which a code is awaited, or null where its person is in
     */
    record Connected(BrokerAccount account, PendingTwoFactorLogins.@Nullable Step step) {

    }

}
