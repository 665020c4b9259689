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

    private static final int AT_A_TIME = 2;

    private static final int SALT = 16;

    private static final int HASH = 32;

    private static final int IDLE_SECONDS = 60;

    private static final String NOBODYS = "nobody's";

    private final PasswordEncoder encoder;

    private final Scheduler workers;

    /** Compared where there is nobody, so that it takes as long. */
    private final String nobodys;

    @Autowired
    public PasswordHasher(PasswordProperties settings) {
        this(new Argon2PasswordEncoder(SALT, HASH, 1, settings.memory(), settings.iterations()), settings);
    }

    PasswordHasher(PasswordEncoder encoder, PasswordProperties settings) {
        this.encoder = encoder;
        this.workers = Schedulers.newBoundedElastic(AT_A_TIME, settings.queue(), "argon2", IDLE_SECONDS, true);
        this.nobodys = this.encoder.encode(NOBODYS);
    }

    /**
     * What is kept of a password.
     * @param password as its owner chose it
     * @return its hash, with the salt and all that is needed to compare
     */
    public Mono<String> encode(String password) {
        return work(() -> this.encoder.encode(normal(password)));
    }

    /**
     * Compares.
     * @param password as somebody sent it
     * @param kept of the right one; null where there is nobody, which takes as long
     * @return whether it is right
     */
    public Mono<Boolean> matches(String password, @Nullable String kept) {
        String compared = (kept != null) ? kept : this.nobodys;
        // No other is ever kept, or can be hashed.
        boolean possible = TextRule.isPlain(password);
        return work(() -> this.encoder.matches(possible ? normal(password) : NOBODYS, compared) && possible
                && kept != null);
    }

    private <T> Mono<T> work(Callable<T> work) {
        return Mono.fromCallable(work)
            .subscribeOn(this.workers)
            .publishOn(Schedulers.parallel())
            .onErrorMap(RejectedExecutionException.class,
                    (full) -> ProblemDefinition.unavailable("Too many passwords are being checked").asException());
    }

    /** The same letters may come as other characters from another keyboard. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    @Override
    public void destroy() {
        this.workers.dispose();
    }

}
