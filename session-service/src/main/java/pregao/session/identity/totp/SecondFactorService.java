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
 * Service that enables and disables second factors and verifies their codes.
 */
@Component
public class SecondFactorService {

    private static final int RECOVERY_CODE_COUNT = 10;

    private static final int RECOVERY_CODE_LENGTH = 16;

    private static final int GROUP_LENGTH = 4;

    private final SecondFactorRepository repository;

    private final AesGcmEncryptor encryptor;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    private final Clock clock;

    SecondFactorService(SecondFactorRepository repository, AesGcmEncryptor encryptor, AuditLog auditLog,
            TransactionalOperator transactions, Clock clock) {
        this.repository = repository;
        this.encryptor = encryptor;
        this.auditLog = auditLog;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Verifies a TOTP or recovery code, which can be used once.
     * @param account the account
     * @param code the code as sent
     * @param client the client that sent the request
     * @return true if the code is valid
     */
    public Mono<Boolean> verify(UserAccount account, String code, ClientInfo client) {
        String normalizedCode = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return (normalizedCode.length() == RECOVERY_CODE_LENGTH)
                ? verifyRecoveryCode(account.id(), normalizedCode, client) : verifyAppCode(account, normalizedCode);
    }

    private Mono<Boolean> verifyAppCode(UserAccount account, String code) {
        byte[] encryptedSecret = account.totpSecret();
        if (encryptedSecret == null) {
            return Mono.just(false);
        }
        OptionalLong step = Totp.findStep(this.encryptor.decrypt(createPurpose(account.id()), encryptedSecret), code,
                this.clock.instant());
        return step.isPresent() ? this.repository.consumeStep(account.id(), step.getAsLong()) : Mono.just(false);
    }

    private Mono<Boolean> verifyRecoveryCode(UUID userId, String code, ClientInfo client) {
        return this.repository.useRecoveryCode(userId, new OpaqueToken(code))
            .delayUntil((used) -> used ? this.auditLog.recordOwn(AuditEventType.RECOVERY_CODE_USED, userId, client, "")
                    : Mono.empty());
    }

    Mono<String> startSetup(UUID userId) {
        byte[] secret = Totp.generateSecret();
        return this.repository.saveSecret(userId, this.encryptor.encrypt(createPurpose(userId), secret))
            .filter((saved) -> saved)
            .map((saved) -> Base32.encode(secret))
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.conflict("totp-on", "Codes are asked for already").asException()));
    }

    /**
     * Enables TOTP.
     * @param account the account
     * @param code the first code of the app
     * @param client the client that sent the request
     * @return the recovery codes, which are shown only once
     */
    Mono<List<String>> confirmSetup(UserAccount account, String code, ClientInfo client) {
        if (account.totpOn()) {
            return Mono.error(ProblemDefinition.conflict("totp-on", "Codes are asked for already").asException());
        }
        List<String> codes = Stream.generate(SecondFactorService::createRecoveryCode)
            .limit(RECOVERY_CODE_COUNT)
            .toList();
        return this.transactions.transactional(verifyAppCode(account, code).filter((valid) -> valid)
            .switchIfEmpty(Mono.error(
                    () -> ProblemDefinition.unauthorized("wrong-code", "The code is wrong or was used").asException()))
            .then(this.repository.replaceRecoveryCodes(account.id(), codes.stream().map(OpaqueToken::new).toList()))
            .then(this.auditLog.recordOwn(AuditEventType.TOTP_ON, account.id(), client, ""))
            .thenReturn(codes.stream().map(SecondFactorService::formatRecoveryCode).toList()));
    }

    Mono<Void> disable(UUID userId, ClientInfo client) {
        return this.transactions.transactional(this.repository.delete(userId)
            .then(this.auditLog.recordOwn(AuditEventType.TOTP_OFF, userId, client, "")));
    }

    /** Creates a code of 80 random bits, whose hash needs no salt. */
    private static String createRecoveryCode() {
        return Base32.encode(Totp.generateSecret()).substring(0, RECOVERY_CODE_LENGTH);
    }

    private static String formatRecoveryCode(String code) {
        return code.replaceAll("(.{%d})(?=.)".formatted(GROUP_LENGTH), "$1-");
    }

    private static String createPurpose(UUID userId) {
        return "totp:" + userId;
    }

}
