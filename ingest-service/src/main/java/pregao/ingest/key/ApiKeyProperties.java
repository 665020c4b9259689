package pregao.ingest.key;

import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;

/**
 * API keys that are published at start.
 *
 * @param keys hashed
 */
@ConfigurationProperties("pregao")
public record ApiKeyProperties(@DefaultValue List<Entry> keys) {

    public ApiKeyProperties {
        keys = List.copyOf(keys);
    }

    /**
     * One key.
     *
     * @param hash SHA-256, 64 hex digits in lower case
     * @param owner whose it is
     * @param feed the one feed it writes to
     * @param scopes what it may do
     * @param revoked whether it may do nothing any more
     */
    public record Entry(String hash, String owner, @DefaultValue("mt5") String feed, @DefaultValue( {
            "ingest", "read" }) Set<Scope> scopes, @DefaultValue("false") boolean revoked){

        public ApiKey toApiKey() {
            return new ApiKey(this.hash, this.owner, this.feed, this.scopes, this.revoked);
        }

    }

}
