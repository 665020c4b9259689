package pregao.gateway.token;

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

    private final JwtSigningKey signingKey;

    private final UserJwkSource userKeys;

    JwksController(JwtSigningKey signingKey, UserJwkSource userKeys) {
        this.signingKey = signingKey;
        this.userKeys = userKeys;
    }

    @GetMapping("/.well-known/jwks.json")
    @Operation(summary = "Returns the public keys that verify tokens of the gateway and of users (JWKS)")
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok().cacheControl(CACHE_CONTROL).body(this.signingKey.toJwks(this.userKeys.getKeys()));
    }

}
