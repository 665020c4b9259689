package pregao.ingest.request;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Answers to posts that were taken.
 */
public final class Responses {

    private Responses() {
    }

    /**
     * The answer 200.
     * @param json its body
     * @param minimal whether plain items were left out, as the caller prefers
     * @return the answer
     */
    public static ResponseEntity<byte[]> ok(byte[] json, boolean minimal) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
        if (minimal) {
            response.header("Preference-Applied", "return=minimal");
        }
        return response.body(json);
    }

}
