package pregao.session.broker.account;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A shutdown hook that releases the accounts of this replica.
 */
@Component
class OwnershipShutdownHook implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OwnershipShutdownHook.class);

    private final SessionSupervisor supervisor;

    private volatile boolean running;

    OwnershipShutdownHook(SessionSupervisor supervisor) {
        this.supervisor = supervisor;
    }

    @Override
    public void start() {
        this.running = true;
    }

    @Override
    public void stop() {
        this.running = false;
        try {
            this.supervisor.leave();
        }
        catch (RuntimeException ex) {
            log.warn("accounts are not handed over, others take them when this replica has been silent", ex);
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

}
