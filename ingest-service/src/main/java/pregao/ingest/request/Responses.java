package pregao.ingest.request;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Responses to accepted requests.
 */
public final class Responses {

    private Responses() {
    }

    /**
     * Creates a response with status 200.
     * @param json the body
     * @param minimal whether accepted items are left out, as the caller prefers
     * @return the response
     */
    public static ResponseEntity<byte[]> ok(byte[] json, boolean minimal) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
        if (minimal) {
            response.header("Preference-Applied", "return=minimal");
        }
        return response.body(json);
    }

}
