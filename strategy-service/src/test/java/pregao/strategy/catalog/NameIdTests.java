package pregao.strategy.catalog;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.strategy.signal.NameBasedUuid;

import static org.assertj.core.api.Assertions.assertThat;

class NameIdTests {

    /** See RFC 9562, A.4. */
    @Test
    void matchesRfcExample() {
        UUID namespace = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        assertThat(NameBasedUuid.of(namespace, "www.example.com")).hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

}
