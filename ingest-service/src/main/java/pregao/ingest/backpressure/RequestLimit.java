package pregao.ingest.backpressure;

/**
 * The bounds of one request.
 *
 * @param items how many it may have
 * @param bytes how large its body may be, also inflated
 */
public record RequestLimit(int items, int bytes) {
}
