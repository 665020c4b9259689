package pregao.strategy.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The threads that do jobs.
 */
@Component
class Workers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final Map<String, Work> works;

    private final Claims claims;

    private final Calls calls;

    private final JobSettings settings;

    private final MeterRegistry meters;

    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean running;

    Workers(List<Work> works, Claims claims, Calls calls, JobSettings settings, MeterRegistry meters) {
        this.works = works.stream().collect(Collectors.toUnmodifiableMap(Work::kind, Function.identity()));
        this.claims = claims;
        this.calls = calls;
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public void start() {
        this.running = true;
        for (int i = 0; i < this.settings.threads(); i++) {
            this.threads.add(Thread.ofPlatform().name("job-" + i).daemon().start(this::work));
        }
    }

    @Override
    public void stop() {
        this.running = false;
        for (Thread thread : this.threads) {
            thread.interrupt();
        }
        try {
            for (Thread thread : this.threads) {
                thread.join(STOPPING);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        this.threads.clear();
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    private void work() {
        while (this.running) {
            try {
                Optional<Job> job = this.claims.next(this.works.keySet());
                if (job.isPresent()) {
                    run(job.get());
                }
                else {
                    this.calls.await(LOOK);
                }
            }
            catch (InterruptedException ex) {
                return; // nobody but the end of the service interrupts
            }
            catch (DataAccessException ex) {
                log.warn("jobs wait, as the database does not answer: {}", ex.toString());
                pause();
            }
        }
    }

    private void run(Job job) {
        Timer.Sample sample = Timer.start(this.meters);
        String outcome = "failed";
        try {
            Work work = Objects.requireNonNull(this.works.get(job.kind()));
            this.claims.finished(job.id(), work.run(job, new Beating(this.claims, job.id(), () -> !this.running)));
            outcome = "done";
        }
        catch (Work.Called ex) {
            outcome = "cancelled";
            this.claims.release(job.id());
        }
        catch (Work.Unfit ex) {
            this.claims.failed(job.id(), String.valueOf(ex.getMessage()));
        }
        catch (DataAccessException ex) {
            outcome = "interrupted";
            throw ex; // it is begun anew when this replica is taken for silent
        }
        catch (RuntimeException | OutOfMemoryError ex) {
            log.error("job {} of kind {} failed", job.id(), job.kind(), ex);
            this.claims.failed(job.id(), "Something went wrong inside; it was recorded under this id");
        }
        finally {
            sample.stop(this.meters.timer("pregao.jobs", "kind", job.kind(), "outcome", outcome));
        }
    }

    private void pause() {
        try {
            Thread.sleep(LOOK);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
