package pregao.session.identity.password;

import java.text.Normalizer;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.TextRule;

/**
 * Password hasher that uses Argon2id (RFC 9106). It computes at most two hashes at a
 * time, because more would take the memory and cores from everything else. If its queue
 * is full, it fails with 503.
 */
@Component
public class PasswordHasher implements DisposableBean {

    private static final int MAX_CONCURRENT_HASHES = 2;

    private static final int SALT_BYTES = 16;

    private static final int HASH_BYTES = 32;

    private static final int IDLE_SECONDS = 60;

    private static final String PLACEHOLDER_PASSWORD = "placeholder";

    private final PasswordEncoder encoder;

    private final Scheduler scheduler;

    /**
     * Hash to compare with if the user does not exist, so that the check takes the same
     * time.
     */
    private final String placeholderHash;

    @Autowired
    public PasswordHasher(PasswordProperties settings) {
        this(new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, settings.memory(), settings.iterations()), settings);
    }

    PasswordHasher(PasswordEncoder encoder, PasswordProperties settings) {
        this.encoder = encoder;
        this.scheduler = Schedulers.newBoundedElastic(MAX_CONCURRENT_HASHES, settings.queue(), "argon2", IDLE_SECONDS,
                true);
        this.placeholderHash = this.encoder.encode(PLACEHOLDER_PASSWORD);
    }

    /**
     * Hashes a password.
     * @param password the password
     * @return the hash, including the salt and the parameters
     */
    public Mono<String> encode(String password) {
        return submit(() -> this.encoder.encode(normalize(password)));
    }

    /**
     * Compares a password with a hash.
     * @param password the password as sent
     * @param expectedHash the stored hash, or null if the user does not exist, in which
     * case the check takes the same time
     * @return true if the password matches
     */
    public Mono<Boolean> matches(String password, @Nullable String expectedHash) {
        String hash = (expectedHash != null) ? expectedHash : this.placeholderHash;
        // Passwords that are not plain text are never stored and cannot be hashed.
        boolean isPlain = TextRule.isPlain(password);
        return submit(() -> this.encoder.matches(isPlain ? normalize(password) : PLACEHOLDER_PASSWORD, hash) && isPlain
                && expectedHash != null);
    }

    private <T> Mono<T> submit(Callable<T> task) {
        return Mono.fromCallable(task)
            .subscribeOn(this.scheduler)
            .publishOn(Schedulers.parallel())
            .onErrorMap(RejectedExecutionException.class,
                    (rejected) -> ProblemDefinition.unavailable("Too many passwords are being checked").asException());
    }

    /**
     * Normalizes a password, because another keyboard may send other characters for the
     * same letters.
     */
    private static String normalize(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    @Override
    public void destroy() {
        this.scheduler.dispose();
    }

}
