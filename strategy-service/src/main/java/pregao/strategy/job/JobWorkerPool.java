package pregao.strategy.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;

/**
 * The threads of this replica that execute jobs.
 */
@Component
class JobWorkerPool implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(JobWorkerPool.class);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration MAX_SILENCE = Duration.ofMinutes(5);

    private final Map<String, JobHandler> handlers;

    private final JobRepository repository;

    private final JobWakeUp wakeUp;

    private final MeterRegistry meterRegistry;

    private final List<SupervisedThread> threads;

    JobWorkerPool(List<JobHandler> handlers, JobRepository repository, JobWakeUp wakeUp, JobProperties properties,
            MeterRegistry meterRegistry) {
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
        this.repository = repository;
        this.wakeUp = wakeUp;
        this.meterRegistry = meterRegistry;
        this.threads = IntStream.range(0, properties.threads()).mapToObj(this::createThread).toList();
    }

    @Override
    public List<SupervisedThread> threads() {
        return this.threads;
    }

    private void processNextJob(SupervisedThread thread) throws InterruptedException {
        Optional<Job> job = this.repository.claimNext(this.handlers.keySet());
        thread.recordSuccess();
        if (job.isPresent()) {
            runJob(job.get(), thread);
        }
        else {
            this.wakeUp.await(POLL_INTERVAL);
        }
    }

    private void runJob(Job job, SupervisedThread thread) {
        Timer.Sample sample = Timer.start(this.meterRegistry);
        String outcome = "failed";
        try {
            JobHandler handler = Objects.requireNonNull(this.handlers.get(job.kind()));
            this.repository.markDone(job.id(),
                    handler.run(job, new JobHeartbeat(this.repository, job.id(), () -> isStopRequested(thread))));
            outcome = "done";
        }
        catch (JobHandler.JobCancelledException ex) {
            outcome = "cancelled";
            this.repository.release(job.id());
        }
        catch (JobHandler.JobRejectedException ex) {
            this.repository.markFailed(job.id(), String.valueOf(ex.getMessage()));
        }
        catch (DataAccessException ex) {
            outcome = "interrupted";
            throw ex; // the job restarts after the heartbeat timeout of this replica
        }
        catch (RuntimeException | OutOfMemoryError ex) {
            log.error("job {} of kind {} failed", job.id(), job.kind(), ex);
            this.repository.markFailed(job.id(), "Something went wrong inside; it was recorded under this id");
        }
        finally {
            sample.stop(this.meterRegistry.timer("pregao.jobs", "kind", job.kind(), "outcome", outcome));
        }
    }

    /**
     * Returns whether the job has to stop. A call also counts as a sign of life of the
     * thread, so that a long job does not look like a hung thread.
     */
    private static boolean isStopRequested(SupervisedThread thread) {
        thread.recordSuccess();
        return !thread.isRunning();
    }

    private SupervisedThread createThread(int number) {
        AtomicReference<SupervisedThread> thread = new AtomicReference<>();
        thread.set(new SupervisedThread("job-" + number, MAX_SILENCE, this::processNextJob,
                () -> thread.get().interrupt()));
        return thread.get();
    }

}
