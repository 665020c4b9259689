package pregao.session.broker.api;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * What a session does on its own account, until the session ends. The only place of this
 * service's broker code where anything is subscribed to, so that nothing fails unseen.
 */
public final class BackgroundTasks {

    private final Disposable.Composite running = Disposables.composite();

    /**
     * Does something.
     * @param work what
     * @param end called once when it is over, with the error or null; not if the session
     * ends before
     */
    public void run(Mono<Void> work, Consumer<@Nullable Throwable> end) {
        Disposable.Swap self = Disposables.swap();
        this.running.add(self);
        self.update(work.doFinally((signal) -> this.running.remove(self)).subscribe((nothing) -> {
        }, end, () -> end.accept(null)));
    }

    /** Stops everything, now and later. */
    public void cut() {
        this.running.dispose();
    }

}
