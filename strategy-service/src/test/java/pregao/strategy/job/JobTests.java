package pregao.strategy.job;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import pregao.strategy.StrategyDatabase;
import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of {@link JobService}, {@link JobRepository} and {@link JobWorkerPool} on a real
 * database.
 */
class JobTests {

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private final JdbcClient database = JdbcClient.create(DATABASE.pool());

    private final JobProperties properties = new JobProperties(1, 3, 6, 2, Duration.ofSeconds(2));

    private final JobWakeUp wakeUp = new JobWakeUp();

    private final JobService jobService = new JobService(this.database, this.properties, this.wakeUp,
            Clock.systemUTC());

    private final TransactionTemplate transactionTemplate = new TransactionTemplate(
            new JdbcTransactionManager(DATABASE.pool()));

    private final UUID userId = UUID.randomUUID();

    @BeforeEach
    @AfterEach
    void deleteJobs() {
        this.database.sql("delete from strategy.job").update();
    }

    private JobWorkerPool startWorkers(JobHandler handler) {
        JobWorkerPool pool = new JobWorkerPool(List.of(handler),
                new JobRepository(this.database, this.properties, Clock.systemUTC()), this.wakeUp, this.properties,
                new SimpleMeterRegistry());
        pool.start();
        return pool;
    }

    private Job submit() {
        return this.transactionTemplate
            .execute((status) -> this.jobService.submit(UUID.randomUUID(), this.userId, "sum", "{\"n\": 3}"));
    }

    private Job reload(Job job) {
        return this.jobService.find(job.id(), this.userId, "sum").orElseThrow();
    }

    private void awaitState(Job job, Job.State state) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> reload(job).state() == state);
    }

    @Test
    void executesJobOnceAndStoresResult() {
        AtomicInteger runs = new AtomicInteger();
        JobHandler handler = createHandler((job, progress) -> {
            runs.incrementAndGet();
            progress.report("adding", 1, 3);
            return new JobHandler.Finished("{\"sum\": 6}", "[1, 2, 3]");
        });
        JobWorkerPool firstPool = startWorkers(handler);
        JobWorkerPool secondPool = startWorkers(handler);
        try {
            Job job = submit();
            awaitState(job, Job.State.DONE);
            assertThat(reload(job).summary()).isEqualTo("{\"sum\": 6}");
            assertThat(this.jobService.findResult(job.id(), this.userId)).contains("[1, 2, 3]");
            assertThat(runs).hasValue(1);
            assertThat(this.jobService.find(job.id(), UUID.randomUUID(), "sum")).as("somebody else's").isEmpty();
            assertThat(this.jobService.findResult(job.id(), UUID.randomUUID())).as("somebody else's").isEmpty();
        }
        finally {
            firstPool.stop();
            secondPool.stop();
        }
    }

    @Test
    void cancelsRunningJob() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        JobWorkerPool pool = startWorkers(createHandler((job, progress) -> {
            try {
                for (long i = 0;; i++) {
                    progress.report("counting", i, 0);
                }
            }
            finally {
                ended.countDown();
            }
        }));
        try {
            Job job = submit();
            awaitState(job, Job.State.RUNNING);
            this.transactionTemplate.executeWithoutResult(
                    (status) -> assertThat(this.jobService.cancelOrDelete(job.id(), this.userId, "sum")).isTrue());
            assertThat(ended.await(20, TimeUnit.SECONDS)).as("the work ended").isTrue();
            assertThat(reload(job).state()).isEqualTo(Job.State.CANCELLED);
        }
        finally {
            pool.stop();
        }
    }

    @Test
    void restartsJobOfDeadReplica() {
        Job job = submit();
        this.database.sql("""
                update strategy.job set state = 'running', worker = gen_random_uuid(), tries = 1,
                  beat_at = now() - interval '1 minute' where id = :id""").param("id", job.id()).update();
        JobWorkerPool pool = startWorkers(
                createHandler((restartedJob, progress) -> new JobHandler.Finished("{}", "{}")));
        try {
            awaitState(job, Job.State.DONE);
        }
        finally {
            pool.stop();
        }
    }

    @Test
    void failsJobAfterMaxAttempts() {
        Job job = submit();
        this.database.sql("""
                update strategy.job set state = 'running', worker = gen_random_uuid(), tries = 3,
                  beat_at = now() - interval '1 minute' where id = :id""").param("id", job.id()).update();
        JobWorkerPool pool = startWorkers(
                createHandler((restartedJob, progress) -> new JobHandler.Finished("{}", "{}")));
        try {
            awaitState(job, Job.State.FAILED);
        }
        finally {
            pool.stop();
        }
    }

    @Test
    void storesFailureAndLimitsOpenJobs() {
        for (int i = 0; i < 3; i++) {
            submit();
        }
        assertThatExceptionOfType(ProblemException.class).isThrownBy(this::submit);
        JobWorkerPool pool = startWorkers(createHandler((job, progress) -> {
            throw new JobHandler.JobRejectedException("no candles");
        }));
        try {
            Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> this.jobService.findAll(this.userId, "sum", 10)
                    .stream()
                    .allMatch((job) -> "no candles".equals(job.failure())));
            submit();
            assertThat(this.jobService.findAll(this.userId, "sum", 10)).as("two ended ones are kept").hasSize(3);
        }
        finally {
            pool.stop();
        }
    }

    @Test
    void dividesPoolFairlyAmongUsers() {
        submit(this.userId, 3);
        assertThat(statusOf(() -> submit(this.userId, 1))).as("three of six, which is all of one person")
            .isEqualTo(429);
        UUID secondUser = UUID.randomUUID();
        submit(secondUser, 2);
        assertThat(statusOf(() -> submit(secondUser, 1))).as("the last place is for somebody else").isEqualTo(429);
        submit(UUID.randomUUID(), 1);
        assertThat(statusOf(() -> submit(UUID.randomUUID(), 1))).isEqualTo(503);
    }

    @Test
    void schedulesUsersFairly() {
        UUID secondUser = UUID.randomUUID();
        submit(this.userId, 3);
        submit(secondUser, 2);
        List<UUID> userIds = new CopyOnWriteArrayList<>();
        JobWorkerPool pool = startWorkers(createHandler((job, progress) -> {
            userIds.add(job.person());
            return new JobHandler.Finished("{}", "{}");
        }));
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> userIds.size() == 5);
            assertThat(userIds).containsExactly(this.userId, secondUser, this.userId, secondUser, this.userId);
        }
        finally {
            pool.stop();
        }
    }

    @Test
    void deletingJobsGivesNoPriority() {
        JobRepository repository = new JobRepository(this.database, this.properties, Clock.systemUTC());
        UUID secondUser = UUID.randomUUID();
        submit(this.userId, 1);
        Job doneJob = completeNext(repository);
        submit(secondUser, 2);
        assertThat(completeNext(repository).person()).isEqualTo(secondUser);
        this.transactionTemplate.executeWithoutResult(
                (status) -> assertThat(this.jobService.cancelOrDelete(doneJob.id(), this.userId, "sum")).isTrue());
        submit(this.userId, 1);
        assertThat(completeNext(repository).person()).as("waits since before").isEqualTo(secondUser);
        assertThat(completeNext(repository).person()).isEqualTo(this.userId);
    }

    private static Job completeNext(JobRepository repository) {
        Job job = repository.claimNext(List.of("sum")).orElseThrow();
        repository.markDone(job.id(), new JobHandler.Finished("{}", "{}"));
        return job;
    }

    private void submit(UUID jobOwner, int count) {
        for (int i = 0; i < count; i++) {
            this.transactionTemplate
                .executeWithoutResult((status) -> this.jobService.submit(UUID.randomUUID(), jobOwner, "sum", "{}"));
        }
    }

    private static int statusOf(ThrowingCallable call) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem).as("a refusal").isNotNull();
        assertThat(problem.problem().headers()).containsKey("Retry-After");
        return problem.problem().status();
    }

    private static JobHandler createHandler(Doing body) {
        return new JobHandler() {
            @Override
            public String kind() {
                return "sum";
            }

            @Override
            public Finished run(Job job, ProgressListener progress) {
                return body.run(job, progress);
            }
        };
    }

    private interface Doing {

        JobHandler.Finished run(Job job, ProgressListener progress);

    }

}
