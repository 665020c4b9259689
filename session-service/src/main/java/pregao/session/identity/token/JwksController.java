package pregao.session.identity.token;

import java.time.Duration;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * REST controller of the JSON Web Key Set.
 */
@RestController
class JwksController {

    private static final CacheControl CACHE_CONTROL = CacheControl.maxAge(Duration.ofMinutes(1));

    private final SigningKeyRing keyRing;

    JwksController(SigningKeyRing keyRing) {
        this.keyRing = keyRing;
    }

    @GetMapping("/.well-known/jwks.json")
    @Operation(operationId = "getJwks", summary = "Returns the public keys that verify access tokens (JWKS)")
    ResponseEntity<Map<String, Object>> getJwks() {
        return ResponseEntity.ok().cacheControl(CACHE_CONTROL).body(this.keyRing.toJwks());
    }

}
