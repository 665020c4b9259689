package pregao.contracts.key;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ApiKeyTests {

    private static final String HASH = ApiKey.hash("abc");

    @Test
    void hashesWithSha256() {
        assertThat(HASH).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void mayDoWhatItsScopesSayUntilItIsRevoked() {
        ApiKey key = new ApiKey(HASH, "u1", "mt5", Set.of(Scope.INGEST, Scope.READ), false);

        assertThat(key.may(Scope.INGEST)).isTrue();
        assertThat(key.may(Scope.TRADE)).isFalse();
        assertThat(new ApiKey(HASH, "u1", "mt5", key.scopes(), true).may(Scope.INGEST)).isFalse();
    }

    @Test
    void keepsItsOwnScopes() {
        Set<Scope> scopes = new HashSet<>(Set.of(Scope.READ));
        ApiKey key = new ApiKey(HASH, "u1", "mt5", scopes, false);
        scopes.add(Scope.TRADE);

        assertThat(key.scopes()).containsExactly(Scope.READ);
    }

    @Test
    void refusesWhatIsNoHashOwnerOrFeed() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey("abc", "u1", "mt5", Set.of(), false));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new ApiKey(HASH.toUpperCase(Locale.ROOT), "u1", "mt5", Set.of(), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey(HASH, " ", "mt5", Set.of(), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new ApiKey(HASH, "u1", "MT5", Set.of(), false));
    }

    @Test
    void writesScopesInLowerCase() {
        assertThat(Scope.INGEST.text()).isEqualTo("ingest");
    }

}
