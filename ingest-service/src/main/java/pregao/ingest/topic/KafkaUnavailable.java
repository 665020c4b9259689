package pregao.ingest.topic;

/**
 * Kafka did not take a record in time, or did not say so.
 */
public final class KafkaUnavailable extends RuntimeException {

    KafkaUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

}
