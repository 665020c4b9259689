package pregao.aggregator.pipeline;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import pregao.aggregator.AggregatorProperties;
import pregao.aggregator.AggregatorTestEnvironment;
import pregao.aggregator.feed.FeedRegistry;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Topic;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickCodec;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.FencedConsumer;
import pregao.pipeline.consumer.KafkaClients;

/**
 * Measures how many ticks the pipeline processes each second, and where its thread spends
 * the time. Arguments: the number of ticks, ticks in each message, and milliseconds
 * between two ticks of an instrument.
 */
final class TickPipelineBenchmark {

    private static final int INSTRUMENTS = 8;

    private TickPipelineBenchmark() {
    }

    public static void main(String[] args) throws Exception {
        int total = (args.length > 0) ? Integer.parseInt(args[0]) : 2_000_000;
        int perMessage = (args.length > 1) ? Integer.parseInt(args[1]) : 1_000;
        int step = (args.length > 2) ? Integer.parseInt(args[2]) : 50;
        AggregatorTestEnvironment.database();
        AggregatorProperties properties = new AggregatorProperties("", Duration.ofMillis(50), 2000, 1 << 21, 1_000_000,
                Duration.ofMillis(100));
        KafkaClients clients = new KafkaClients(
                Map.of("bootstrap.servers", AggregatorTestEnvironment.kafka().bootstrapServers()),
                properties.toConsumerProperties());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        InstantSource clock = InstantSource.system();
        for (int run = 0; run < 3; run++) {
            produce(clients, "measure-" + run, total, perMessage, step);
            try (Consumer<String, byte[]> consumer = clients.createGroupConsumer();
                    Producer<String, byte[]> producer = clients.createProducer()) {
                FencedConsumer fencedConsumer = new TickPipelineFactory(AggregatorTestEnvironment.database(),
                        new FeedRegistry(), properties, new ConsumerState(clock), clock,
                        new ConsumerMetrics(registry, "aggregator"), new AggregatorMetrics(registry))
                    .createConsumer(consumer, producer, AggregatorTestEnvironment.PARTITIONS);
                fencedConsumer.subscribe(TickPipelineFactory.TOPICS);
                measure(fencedConsumer, registry, total);
            }
        }
        System.exit(0);
    }

    private static void produce(KafkaClients clients, String feed, int total, int perMessage, int step)
            throws Exception {
        long start = 1_700_000_000_000L;
        List<Future<?>> sent = new ArrayList<>();
        try (Producer<String, byte[]> producer = clients.createProducer()) {
            for (int message = 0; message * perMessage < total; message++) {
                Instrument instrument = new Instrument(feed, "SYM" + message % INSTRUMENTS);
                int first = message / INSTRUMENTS * perMessage;
                TickBatch.Builder ticks = TickBatch.of(instrument, PriceBasis.MID, start, perMessage);
                for (int i = first; i < first + perMessage; i++) {
                    long bid = 108_550_000L + (i * 7919L) % 1000 * 1000;
                    ticks.add(start + (long) i * step, 0, bid, bid + 10_000);
                }
                sent.add(producer.send(new ProducerRecord<>(Topic.TICK.topicName(), instrument.key(),
                        TickCodec.encode(ticks.build()))));
            }
            for (Future<?> future : sent) {
                future.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static void measure(FencedConsumer fencedConsumer, SimpleMeterRegistry registry, int total)
            throws InterruptedException {
        double storedBefore = registry.counter("pregao.ticks.stored").count();
        while (registry.counter("pregao.ticks.stored").count() == storedBefore) {
            fencedConsumer.pollOnce();
        }
        double storedAtStart = registry.counter("pregao.ticks.stored").count();
        Thread thread = Thread.currentThread();
        AtomicBoolean isDone = new AtomicBoolean();
        Map<String, Integer> samples = new HashMap<>();
        Thread sampler = Thread.ofPlatform().daemon().start(() -> sample(thread, isDone, samples));
        long start = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long rounds = registry.timer("pregao.aggregator.round").count();
        while (registry.counter("pregao.ticks.stored").count() < storedBefore + total) {
            fencedConsumer.pollOnce();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
        double ticks = storedBefore + total - storedAtStart;
        isDone.set(true);
        sampler.join();
        System.out.printf("%.0f ticks in %.2f s: %.0f ticks/s; loop thread %.2f us CPU a tick; %d rounds%n", ticks,
                seconds, ticks / seconds, cpuSeconds / ticks * 1e6,
                registry.timer("pregao.aggregator.round").count() - rounds);
        System.out.println(samples.entrySet()
            .stream()
            .sorted((a, b) -> b.getValue() - a.getValue())
            .limit(25)
            .map((entry) -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining("\n")));
    }

    private static void sample(Thread thread, AtomicBoolean isDone, Map<String, Integer> samples) {
        while (!isDone.get()) {
            List<StackTraceElement> stack = List.of(thread.getStackTrace());
            String ours = stack.stream()
                .filter((frame) -> frame.getClassName().startsWith("pregao"))
                .limit(3)
                .map((frame) -> frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName())
                .collect(Collectors.joining(" < "));
            String top = stack.isEmpty() ? "" : stack.getFirst().getMethodName();
            samples.merge(ours + " [" + top + "]", 1, Integer::sum);
            try {
                Thread.sleep(2);
            }
            catch (InterruptedException ex) {
                return;
            }
        }
    }

}
