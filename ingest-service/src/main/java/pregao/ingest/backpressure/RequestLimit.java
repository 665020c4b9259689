package pregao.ingest.backpressure;

/**
 * Limits of one request.
 *
 * @param items the maximum number of items
 * @param bytes the maximum size of the body, also after decompression
 */
public record RequestLimit(int items, int bytes) {
}
