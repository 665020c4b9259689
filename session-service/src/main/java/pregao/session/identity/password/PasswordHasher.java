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
 * Argon2id, two at a time: more would starve everything else of memory and cores. Who
 * finds the queue full is asked to come again.
 */
@Component
public class PasswordHasher implements DisposableBean {

    private static final int MAX_CONCURRENT_HASHES = 2;

    private static final int SALT_BYTES = 16;

    private static final int HASH_BYTES = 32;

    private static final int IDLE_SECONDS = 60;

    private static final String PLACEHOLDER_PASSWORD = "nobody's";

    private final PasswordEncoder encoder;

    private final Scheduler scheduler;

    /** Compared where there is nobody, so that it takes as long. */
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
     * What is kept of a password.
     * @param password as its owner chose it
     * @return its hash, with the salt and all that is needed to compare
     */
    public Mono<String> encode(String password) {
        return submit(() -> this.encoder.encode(normalize(password)));
    }

    /**
     * Compares.
     * @param password as somebody sent it
     * @param expectedHash of the right one; null where there is nobody, which takes as
     * long
     * @return whether it is right
     */
    public Mono<Boolean> matches(String password, @Nullable String expectedHash) {
        String hash = (expectedHash != null) ? expectedHash : this.placeholderHash;
        // No other is ever kept, or can be hashed.
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

    /** The same letters may come as other characters from another keyboard. */
    private static String normalize(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    @Override
    public void destroy() {
        this.scheduler.dispose();
    }

}
