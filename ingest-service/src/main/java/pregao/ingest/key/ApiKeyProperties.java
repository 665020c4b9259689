package pregao.ingest.key;

import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;

/**
 * API keys that the service publishes at startup.
 *
 * @param keys the keys, hashed
 */
@ConfigurationProperties("pregao")
public record ApiKeyProperties(@DefaultValue List<Entry> keys) {

    public ApiKeyProperties {
        keys = List.copyOf(keys);
    }

    /**
     * Settings of one API key.
     *
     * @param hash the SHA-256 hash of the key: 64 lowercase hex digits
     * @param owner the user who owns the key
     * @param feed the feed that the key writes to
     * @param scopes the scopes of the key
     * @param revoked whether the key is revoked
     */
    public record Entry(String hash, String owner, @DefaultValue("mt5") String feed, @DefaultValue( {
            "ingest", "read" }) Set<Scope> scopes, @DefaultValue("false") boolean revoked){

        public ApiKey toApiKey() {
            return new ApiKey(this.hash, this.owner, this.feed, this.scopes, this.revoked);
        }

    }

}
