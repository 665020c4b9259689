package pregao.gateway.token;

import java.time.Duration;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /.well-known/jwks.json}.
 */
@RestController
class JwksController {

    private static final CacheControl SHORTLY = CacheControl.maxAge(Duration.ofMinutes(1));

    private final JwtSigningKey key;

    private final UserJwkSource people;

    JwksController(JwtSigningKey key, UserJwkSource people) {
        this.key = key;
        this.people = people;
    }

    @GetMapping("/.well-known/jwks.json")
    @Operation(summary = "Returns the public keys that verify tokens of the gateway and of users (JWKS)")
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok().cacheControl(SHORTLY).body(this.key.publicKeys(this.people.known()));
    }

}
