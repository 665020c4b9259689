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

    private final Disposable.Composite subscriptions = Disposables.composite();

    /**
     * Does something.
     * @param task what
     * @param onTermination called once when it is over, with the error or null; not if
     * the session ends before
     */
    public void run(Mono<Void> task, Consumer<@Nullable Throwable> onTermination) {
        Disposable.Swap subscription = Disposables.swap();
        this.subscriptions.add(subscription);
        subscription.update(task.doFinally((signal) -> this.subscriptions.remove(subscription)).subscribe((unused) -> {
        }, onTermination, () -> onTermination.accept(null)));
    }

    /** Stops everything, now and later. */
    public void cancelAll() {
        this.subscriptions.dispose();
    }

}
