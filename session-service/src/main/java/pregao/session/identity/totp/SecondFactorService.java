package pregao.session.identity.totp;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import pregao.session.crypto.AesGcmEncryptor;
import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.token.OpaqueToken;
import pregao.session.identity.user.UserAccount;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Switches second factors on and off, and takes their codes.
 */
@Component
public class SecondFactorService {

    private static final int CODES = 10;

    private static final int CODE_LENGTH = 16;

    private static final int GROUP = 4;

    private final SecondFactorRepository stored;

    private final AesGcmEncryptor secrets;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    private final Clock clock;

    SecondFactorService(SecondFactorRepository stored, AesGcmEncryptor secrets, AuditLog events,
            TransactionalOperator transactions, Clock clock) {
        this.stored = stored;
        this.secrets = secrets;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Takes a code, which is good once: of the app, or a recovery code.
     * @param account whose
     * @param code as sent
     * @param caller from where
     * @return whether it was right
     */
    public Mono<Boolean> takes(UserAccount account, String code, ClientInfo caller) {
        String plain = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return (plain.length() == CODE_LENGTH) ? takesRecoveryCode(account.id(), plain, caller)
                : takesAppCode(account, plain);
    }

    private Mono<Boolean> takesAppCode(UserAccount account, String code) {
        byte[] sealed = account.totpSecret();
        if (sealed == null) {
            return Mono.just(false);
        }
        OptionalLong step = Totp.step(this.secrets.decrypt(purpose(account.id()), sealed), code, this.clock.instant());
        return step.isPresent() ? this.stored.takeStep(account.id(), step.getAsLong()) : Mono.just(false);
    }

    private Mono<Boolean> takesRecoveryCode(UUID id, String code, ClientInfo caller) {
        return this.stored.useRecoveryCode(id, new OpaqueToken(code))
            .delayUntil(
                    (used) -> used ? this.events.own(AuditEventType.RECOVERY_CODE_USED, id, caller, "") : Mono.empty());
    }

    Mono<String> begin(UUID id) {
        byte[] secret = Totp.secret();
        return this.stored.begin(id, this.secrets.encrypt(purpose(id), secret))
            .filter((begun) -> begun)
            .map((begun) -> Base32.encode(secret))
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.conflict("totp-on", "Codes are asked for already").asException()));
    }

    /**
     * Has codes asked for from now on.
     * @param account whose
     * @param code the first one
     * @param caller from where
     * @return recovery codes, to be shown once
     */
    Mono<List<String>> confirm(UserAccount account, String code, ClientInfo caller) {
        if (account.totpOn()) {
            return Mono.error(ProblemDefinition.conflict("totp-on", "Codes are asked for already").asException());
        }
        List<String> codes = Stream.generate(SecondFactorService::recoveryCode).limit(CODES).toList();
        return this.transactions.transactional(takesAppCode(account, code).filter((right) -> right)
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.unauthorized("wrong-code", "The code is wrong or was used").asException()))
            .then(this.stored.keepRecoveryCodes(account.id(), codes.stream().map(OpaqueToken::new).toList()))
            .then(this.events.own(AuditEventType.TOTP_ON, account.id(), caller, ""))
            .thenReturn(codes.stream().map(SecondFactorService::grouped).toList()));
    }

    Mono<Void> end(UUID id, ClientInfo caller) {
        return this.transactions
            .transactional(this.stored.end(id).then(this.events.own(AuditEventType.TOTP_OFF, id, caller, "")));
    }

    /** Eighty random bits: their hash needs no salt. */
    private static String recoveryCode() {
        return Base32.encode(Totp.secret()).substring(0, CODE_LENGTH);
    }

    private static String grouped(String code) {
        return code.replaceAll("(.{%d})(?=.)".formatted(GROUP), "$1-");
    }

    private static String purpose(UUID id) {
        return "totp:" + id;
    }

}
