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
 * Repository of the outbox: rows with records that are stored but not published yet.
 */
final class OutboxRepository {

    private static final String INSERT = "insert into ingest.outbox (messages) values ($1) returning id";

    private static final String DELETE = "delete from ingest.outbox where id = any($1)";

    private static final String LOCK_OLDEST = """
            select id, messages, attempts from ingest.outbox
            where set_aside_at is null
              and (created_at < clock_timestamp() - $1::float8 * interval '1 ms' or id = any($2))
            order by id limit $3 for update skip locked""";

    private static final String RECORD_FAILURE = """
            update ingest.outbox set attempts = attempts + 1, failure = $2,
                set_aside_at = case when attempts + 1 >= $3 then clock_timestamp() end
            where id = $1""";

    private static final String READ_STATE = """
            select count(*) filter (where set_aside_at is null), count(*) filter (where set_aside_at is not null),
                   coalesce(extract(epoch from clock_timestamp() - min(created_at)
                       filter (where set_aside_at is null)), 0)::float8
            from ingest.outbox""";

    /**
     * First byte of the format with lengths of 4 bytes. The older format starts with the
     * length of a key, which is shorter than 65,280 bytes.
     */
    private static final int INT_LENGTH_MARKER = 0xFF;

    private OutboxRepository() {
    }

    static Mono<Long> insert(Connection connection, List<OutboundRecord> records) {
        return Flux.from(connection.createStatement(INSERT).bind(0, encode(records)).execute())
            .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, Long.class))))
            .single();
    }

    static Mono<Long> delete(Connection connection, List<Long> ids) {
        return Flux.from(connection.createStatement(DELETE).bind(0, ids.toArray(Long[]::new)).execute())
            .flatMap(Result::getRowsUpdated)
            .reduce(0L, Long::sum);
    }

    /**
     * Locks the rows to publish: rows that a crash left behind and rows that were handed
     * over, but not the rows that a request is about to publish.
     * @param connection the connection, in a transaction
     * @param minAge the minimum age of a row
     * @param handedOverIds the IDs of rows that may be younger
     * @param limit the maximum number of rows
     * @return the rows, oldest first
     */
    static Flux<Row> lockOldest(Connection connection, Duration minAge, List<Long> handedOverIds, int limit) {
        return Flux
            .from(connection.createStatement(LOCK_OLDEST)
                .bind(0, (double) minAge.toMillis())
                .bind(1, handedOverIds.toArray(Long[]::new))
                .bind(2, limit)
                .execute())
            .concatMap((result) -> result.map((row) -> new Row(Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, byte[].class)),
                    Objects.requireNonNull(row.get(2, Integer.class)))));
    }

    /**
     * Records a failed attempt, and sets the row aside after the last attempt.
     * @param connection the connection, in a transaction
     * @param row the row
     * @param failure the cause of the failure
     * @param maxAttempts the maximum number of attempts
     * @return the number of updated rows
     */
    static Mono<Long> recordFailure(Connection connection, Row row, Throwable failure, int maxAttempts) {
        return Flux
            .from(connection.createStatement(RECORD_FAILURE)
                .bind(0, row.id())
                .bind(1, PublishErrorClassifier.describe(failure))
                .bind(2, maxAttempts)
                .execute())
            .flatMap(Result::getRowsUpdated)
            .reduce(0L, Long::sum);
    }

    static Mono<OutboxState> readState(Connection connection) {
        return Flux.from(connection.createStatement(READ_STATE).execute())
            .flatMap((result) -> result.map((row) -> new OutboxState(Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, Long.class)), Objects.requireNonNull(row.get(2, Double.class)))))
            .single();
    }

    static byte[] encode(List<OutboundRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(records.size() * 96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(INT_LENGTH_MARKER);
            for (OutboundRecord record : records) {
                out.writeUTF(record.key());
                out.writeInt(record.value().length);
                out.write(record.value());
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
    }

    static List<OutboundRecord> decode(byte[] bytes) {
        List<OutboundRecord> records = new ArrayList<>();
        boolean intLengths = bytes.length > 0 && (bytes[0] & 0xFF) == INT_LENGTH_MARKER;
        int start = intLengths ? 1 : 0;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, start, bytes.length - start))) {
            while (in.available() > 0) {
                String key = in.readUTF();
                int length = intLengths ? in.readInt() : in.readUnsignedShort();
                if (length < 0 || length > in.available()) {
                    throw new IllegalArgumentException(
                            "a value of %d bytes where %d are left".formatted(length, in.available()));
                }
                byte[] value = new byte[length];
                in.readFully(value);
                records.add(new OutboundRecord(Topic.CANDLE, key, value));
            }
        }
        catch (IOException ex) {
            throw new IllegalArgumentException("the messages of the row cannot be read", ex);
        }
        return records;
    }

    /**
     * Row of the outbox.
     *
     * @param id the ID, ascending
     * @param bytes the encoded records
     * @param attempts the number of failed attempts
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on only, never compared
    record Row(long id, byte[] bytes, int attempts) {

        /**
         * Decodes the records to publish.
         * @return the records, in order
         * @throws IllegalArgumentException if the bytes are damaged
         */
        List<OutboundRecord> decodeRecords() {
            return decode(this.bytes);
        }

    }

}
