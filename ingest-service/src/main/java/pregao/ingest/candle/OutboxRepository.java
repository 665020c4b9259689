package pregao.ingest.candle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Topic;
import pregao.ingest.kafka.OutboundRecord;
import pregao.pipeline.outbox.OutboxState;
import pregao.pipeline.outbox.PublishErrorClassifier;

/**
 * The table of what is stored and not published yet.
 */
final class OutboxRepository {

    private static final String ADD = "insert into ingest.outbox (messages) values ($1) returning id";

    private static final String REMOVE = "delete from ingest.outbox where id = any($1)";

    private static final String OLDEST = """
            select id, messages, attempts from ingest.outbox
            where set_aside_at is null
              and (created_at < clock_timestamp() - $1::float8 * interval '1 ms' or id = any($2))
            order by id limit $3 for update skip locked""";

    private static final String FAIL = """
            update ingest.outbox set attempts = attempts + 1, failure = $2,
                set_aside_at = case when attempts + 1 >= $3 then clock_timestamp() end
            where id = $1""";

    private static final String STATE = """
            select count(*) filter (where set_aside_at is null), count(*) filter (where set_aside_at is not null),
                   coalesce(extract(epoch from clock_timestamp() - min(created_at)
                       filter (where set_aside_at is null)), 0)::float8
            from ingest.outbox""";

    /**
     * Begins messages whose lengths are integers. Messages without it begin with the
     * length of a key, which is shorter than 65,280 bytes.
     */
    private static final int INT_LENGTHS = 0xFF;

    private OutboxRepository() {
    }

    static Mono<Long> add(Connection connection, List<OutboundRecord> messages) {
        return Flux.from(connection.createStatement(ADD).bind(0, encode(messages)).execute())
            .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, Long.class))))
            .single();
    }

    static Mono<Long> remove(Connection connection, List<Long> ids) {
        return Flux.from(connection.createStatement(REMOVE).bind(0, ids.toArray(Long[]::new)).execute())
            .flatMap(Result::getRowsUpdated)
            .reduce(0L, Long::sum);
    }

    /**
     * Locks what a crash has left, and what was handed over, but not what a request is
     * about to publish.
     * @param connection in a transaction
     * @param age how old a row must be
     * @param handed rows that need not be that old
     * @param most how many rows
     * @return the rows, oldest first
     */
    static Flux<Row> oldest(Connection connection, Duration age, List<Long> handed, int most) {
        return Flux
            .from(connection.createStatement(OLDEST)
                .bind(0, (double) age.toMillis())
                .bind(1, handed.toArray(Long[]::new))
                .bind(2, most)
                .execute())
            .concatMap((result) -> result.map((row) -> new Row(Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, byte[].class)),
                    Objects.requireNonNull(row.get(2, Integer.class)))));
    }

    /**
     * Counts a failure of a row, and sets the row aside at the last attempt.
     * @param connection in a transaction
     * @param row which
     * @param failure why
     * @param maxAttempts how often it is tried
     * @return when it is written
     */
    static Mono<Long> fail(Connection connection, Row row, Throwable failure, int maxAttempts) {
        return Flux
            .from(connection.createStatement(FAIL)
                .bind(0, row.id())
                .bind(1, PublishErrorClassifier.describe(failure))
                .bind(2, maxAttempts)
                .execute())
            .flatMap(Result::getRowsUpdated)
            .reduce(0L, Long::sum);
    }

    static Mono<OutboxState> state(Connection connection) {
        return Flux.from(connection.createStatement(STATE).execute())
            .flatMap((result) -> result.map((row) -> new OutboxState(Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, Long.class)), Objects.requireNonNull(row.get(2, Double.class)))))
            .single();
    }

    static byte[] encode(List<OutboundRecord> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(messages.size() * 96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(INT_LENGTHS);
            for (OutboundRecord message : messages) {
                out.writeUTF(message.key());
                out.writeInt(message.value().length);
                out.write(message.value());
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
    }

    static List<OutboundRecord> decode(byte[] bytes) {
        List<OutboundRecord> messages = new ArrayList<>();
        boolean ints = bytes.length > 0 && (bytes[0] & 0xFF) == INT_LENGTHS;
        int start = ints ? 1 : 0;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, start, bytes.length - start))) {
            while (in.available() > 0) {
                String key = in.readUTF();
                int length = ints ? in.readInt() : in.readUnsignedShort();
                if (length < 0 || length > in.available()) {
                    throw new IllegalArgumentException(
                            "a value of %d bytes where %d are left".formatted(length, in.available()));
                }
                byte[] value = new byte[length];
                in.readFully(value);
                messages.add(new OutboundRecord(Topic.CANDLE, key, value));
            }
        }
        catch (IOException ex) {
            throw new IllegalArgumentException("the messages of the row cannot be read", ex);
        }
        return messages;
    }

    /**
     * A row.
     *
     * @param id its number, rising
     * @param bytes what is to be published, encoded
     * @param attempts how often that failed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Row(long id, byte[] bytes, int attempts) {

        /**
         * Decodes what is to be published.
         * @return messages in their order
         * @throws IllegalArgumentException where the bytes are damaged
         */
        List<OutboundRecord> messages() {
            return decode(this.bytes);
        }

    }

}
