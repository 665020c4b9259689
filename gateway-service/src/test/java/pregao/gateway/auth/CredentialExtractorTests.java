package pregao.gateway.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CredentialExtractor}.
 */
class CredentialExtractorTests {

    @ParameterizedTest
    @CsvSource({ "X-API-Key, k", "x-api-key, ' k '", "Authorization, Bearer k", "authorization, bearer  k" })
    void isFoundWhereTerminalsPutIt(String header, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(header, value);
        assertThat(CredentialExtractor.extract(headers)).contains("k");
    }

    @ParameterizedTest
    @CsvSource({ "X-API-Key, ' '", "Authorization, Basic k", "Authorization, 'Bearer '", "Authorization, k" })
    void isMissingOtherwise(String header, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(header, value);
        assertThat(CredentialExtractor.extract(headers)).isEmpty();
    }

    @Test
    void isTheOneOfItsOwnHeaderWhereBothAreThere() {
        HttpHeaders headers = new HttpHeaders();
        headers.set("Authorization", "Bearer other");
        headers.set("X-API-Key", "k");
        assertThat(CredentialExtractor.extract(headers)).contains("k");
    }

}
