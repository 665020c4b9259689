package pregao.gateway.client;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link CidrRange}.
 */
class CidrRangeTests {

    @ParameterizedTest
    @CsvSource({ "10.0.0.0/8, 10.255.1.2, true", "10.0.0.0/8, 11.0.0.1, false", "10.1.2.3, 10.1.2.3, true",
            "10.1.2.3, 10.1.2.4, false", "192.168.4.0/22, 192.168.7.255, true", "192.168.4.0/22, 192.168.8.0, false",
            "0.0.0.0/0, 8.8.8.8, true", "0.0.0.0/0, ::1, false", "fd00::/8, fd12::1, true", "fd00::/8, fe80::1, false",
            "::1, ::1, true", "10.0.0.0/8, ::ffff:10.0.0.1, true" })
    void holdsTheAddressesThatShareItsBits(String network, String address, boolean isContained) {
        assertThat(CidrRange.valueOf(network).contains(InetAddress.ofLiteral(address))).isEqualTo(isContained);
    }

    @ParameterizedTest
    @ValueSource(strings = { "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "", "::/129" })
    void isNoNameAndNoNonsense(String text) {
        assertThatThrownBy(() -> CidrRange.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsAnIpv6CallerByTheHalfItDoesNotChoose() {
        assertThat(caller("2001:db8:1:2::1").network()).isEqualTo(caller("2001:db8:1:2:ffff::9").network());
        assertThat(caller("2001:db8:1:2::1").network()).isNotEqualTo(caller("2001:db8:1:3::1").network());
        assertThat(caller("192.0.2.1").network()).isEqualTo("192.0.2.1");
    }

    private static ClientAddress caller(String address) {
        return ClientAddress.of(InetAddress.ofLiteral(address), false);
    }

}
