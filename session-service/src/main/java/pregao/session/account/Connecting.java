package pregao.session.account;

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

import pregao.contracts.session.SessionChange;
import pregao.session.access.Caller;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.Credentials;
import pregao.session.broker.KnownBroker;
import pregao.session.broker.Login;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;
import pregao.session.limit.Attempts;
import pregao.session.owner.Ownership;
import pregao.session.secret.SecretLostException;
import pregao.session.user.People;
import pregao.http.problem.FieldError;
import pregao.http.problem.Trouble;
import pregao.http.problem.TroubleException;

/**
 * Lets people into their accounts at brokers, with a code where the broker wants one.
 */
@Component
class Connecting {

    private final BrokerAccounts accounts;

    private final People people;

    private final Brokers brokers;

    private final OpenSessions sessions;

    private final CodeSteps steps;

    private final SealedCredentials secrets;

    private final Ownership ownership;

    private final Attempts attempts;

    private final EventLog events;

    private final TransactionalOperator transactions;

    private final BrokerSettings settings;

    private final Clock clock;

    Connecting(BrokerAccounts accounts, People people, Brokers brokers, OpenSessions sessions, CodeSteps steps,
            SealedCredentials secrets, Ownership ownership, Attempts attempts, EventLog events,
            TransactionalOperator transactions, BrokerSettings settings, Clock clock) {
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
    Mono<Connected> connect(UUID id, UUID person, KnownBroker broker, String label, Credentials credentials,
            Caller caller) {
        return this.accounts.of(id, person)
            .map((known) -> new Connected(known, this.steps.of(id).orElse(null)))
            .switchIfEmpty(Mono.defer(() -> connect(
                    StoredAccount.of(id, person, broker.name(), label, this.ownership.id(), this.clock.instant()),
                    broker, credentials, caller)));
    }

    private Mono<Connected> connect(StoredAccount account, KnownBroker broker, Credentials credentials, Caller caller) {
        return mayHaveAnother(account.person()).then(attempt(account, broker, credentials, caller))
            .flatMap((login) -> switch (login) {
                case Login.Open(BrokerSession session) -> first(account, session, caller);
                case Login.CodeWanted wanted -> this.transactions.transactional(added(account, null))
                    .doOnSuccess((done) -> this.ownership.made(account.id(), account.epoch()))
                    .then(Mono.fromSupplier(() -> new Connected(account, this.steps.remember(account, wanted))));
                case Login.Refused refused -> Mono.error(refused(refused).asException());
            });
    }

    /**
     * Connects an account again.
     * @param account which; nobody else may own it
     * @param credentials what was given
     * @param caller from where
     * @return the account, or the wish for a code
     */
    Mono<Connected> reconnect(StoredAccount account, Credentials credentials, Caller caller) {
        return owned(account)
            .flatMap((mine) -> attempt(mine, broker(mine), credentials, caller).flatMap((login) -> switch (login) {
                case Login.Open(BrokerSession session) -> again(mine, session, caller);
                case Login.CodeWanted wanted -> Mono.just(new Connected(mine, this.steps.remember(mine, wanted)));
                case Login.Refused refused -> Mono.error(refused(refused).asException());
            }));
    }

    /**
     * Connects an account again with what is kept.
     * @param account which; nobody else may own it
     * @param caller from where
     * @return the account, or the wish for a code
     */
    Mono<Connected> retry(StoredAccount account, Caller caller) {
        return this.accounts.credentials(account.id())
            .map((sealed) -> this.secrets.open(account.id(), sealed))
            .onErrorMap(SecretLostException.class, (lost) -> nothingKept())
            .switchIfEmpty(Mono.error(Connecting::nothingKept))
            .flatMap((credentials) -> reconnect(account, credentials, caller));
    }

    private static TroubleException nothingKept() {
        return Trouble
            .invalid(List
                .of(new FieldError("kind", "a way in with its fields, because nothing is kept that can be read")))
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
    Mono<Connected> answer(StoredAccount account, UUID id, String code, Caller caller) {
        CodeSteps.Step step = this.steps.of(account.id())
            .filter((each) -> each.id().equals(id))
            .orElseThrow(() -> Trouble
                .conflict("step-over", "No code is awaited under this step any more: connect the account again")
                .asException());
        this.attempts.take(name(account), caller);
        return broker(account).broker().answer(step.wanted(), code).flatMap((login) -> switch (login) {
            case Login.Open(BrokerSession session) -> {
                this.steps.over(step);
                this.attempts.giveBack(name(account), caller);
                yield again(step.account(), session, caller);
            }
            case Login.CodeWanted wanted ->
                Mono.just(new Connected(step.account(), this.steps.remember(step.account(), wanted)));
            case Login.Refused refused -> {
                if (refused.why() != Login.Why.WRONG_CODE) {
                    this.steps.over(step);
                }
                yield Mono.error(refused(refused).asException());
            }
        });
    }

    private Mono<StoredAccount> owned(StoredAccount account) {
        if (this.ownership.id().equals(account.owner())) {
            return Mono.just(account);
        }
        return this.ownership.claim(account.id())
            .map((epoch) -> account.owned(this.ownership.id(), epoch))
            .switchIfEmpty(Mono.error(() -> Trouble.unavailable("Another replica has the account").asException()));
    }

    /** Counted again: the broker took its time. */
    private Mono<Void> added(StoredAccount account, byte @Nullable [] sealed) {
        return this.people.lock(account.person())
            .then(mayHaveAnother(account.person()))
            .then(Mono.defer(() -> this.accounts.add(account, sealed)))
            .onErrorMap(DuplicateKeyException.class,
                    (twice) -> Trouble
                        .conflict("account-connected", "The same request has connected the account meanwhile")
                        .asException());
    }

    private Mono<Void> mayHaveAnother(UUID person) {
        return this.accounts.all(person)
            .count()
            .filter((count) -> count < this.settings.accounts())
            .switchIfEmpty(Mono.error(() -> Trouble
                .conflict("too-many", "You have %d accounts at brokers".formatted(this.settings.accounts()))
                .asException()))
            .then();
    }

    private Mono<Login> attempt(StoredAccount account, KnownBroker broker, Credentials credentials, Caller caller) {
        return Mono.defer(() -> {
            this.attempts.take(name(account), caller);
            return broker.broker().connect(credentials);
        }).doOnNext((login) -> {
            if (!(login instanceof Login.Refused)) {
                this.attempts.giveBack(name(account), caller);
            }
        });
    }

    private Mono<Connected> first(StoredAccount made, BrokerSession session, Caller caller) {
        StoredAccount account = made.with(SessionChange.OPENED, "", this.clock.instant());
        byte[] sealed = this.secrets.seal(account.id(), session.credentials());
        return this.transactions.transactional(added(account, sealed).then(note(account, caller)))
            .onErrorResume((failure) -> session.close().then(Mono.error(failure)))
            .doOnSuccess((done) -> this.ownership.made(account.id(), account.epoch()))
            .then(Mono.defer(() -> this.sessions.adopt(account, session)))
            .thenReturn(new Connected(account, null));
    }

    private Mono<Connected> again(StoredAccount owned, BrokerSession session, Caller caller) {
        StoredAccount account = owned.with(SessionChange.OPENED, "", this.clock.instant());
        byte[] sealed = this.secrets.seal(account.id(), session.credentials());
        Mono<Boolean> written = this.accounts.keep(account, sealed)
            .filter((mine) -> mine)
            .delayUntil((mine) -> this.accounts.change(account, SessionChange.OPENED, ""))
            .delayUntil((mine) -> note(account, caller));
        return this.transactions.transactional(written)
            .switchIfEmpty(Mono.error(() -> Trouble.unavailable("Another replica has the account now").asException()))
            .onErrorResume((failure) -> session.close().then(Mono.error(failure)))
            .then(Mono.defer(() -> this.sessions.adopt(account, session)))
            .thenReturn(new Connected(account, null));
    }

    private Mono<Void> note(StoredAccount account, Caller caller) {
        return this.events.own(EventKind.BROKER_CONNECTED, account.person(), caller,
                account.broker() + " " + account.id());
    }

    private KnownBroker broker(StoredAccount account) {
        return this.brokers.named(account.broker())
            .orElseThrow(() -> Trouble.conflict("no-such-broker", "The broker is not set up any more").asException());
    }

    private static String name(StoredAccount account) {
        return account.person() + "@" + account.broker();
    }

    private static Trouble refused(Login.Refused refused) {
        return switch (refused.why()) {
            case WRONG_CREDENTIALS -> notLetIn("wrong-credentials", refused);
            case WRONG_CODE -> notLetIn("wrong-code", refused);
            case SIGNED_OUT -> notLetIn("signed-out", refused);
            case FORBIDDEN -> notLetIn("password-not-taken", refused);
            case TOO_MANY -> Trouble.tooMany(Objects.requireNonNullElse(refused.retryAfter(), CodeSteps.LIFE));
            case UNREACHABLE -> Trouble.unavailable("The broker cannot be reached: " + refused.message());
        };
    }

    private static Trouble notLetIn(String name, Login.Refused refused) {
        return new Trouble(name, "The broker did not let you in", 422, words(refused), List.of(), Map.of());
    }

    private static String words(Login.Refused refused) {
        return refused.message().isEmpty() ? "The broker said no" : refused.message();
    }

    /**
     * How far it came.
     *
     * @param account which
     * @param step for which a code is awaited, or null where its person is in
     */
    record Connected(StoredAccount account, CodeSteps.@Nullable Step step) {

    }

}
