package dev.abendkasse.server.webhooks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTests {

    private static final AddressPolicy PUBLIC = new AddressPolicy(false);
    private static final AddressPolicy INTRANET = new AddressPolicy(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00::1",
                "::ffff:1.1.1.1",
                "64:ff9b::1.1.1.1"
            })
    void addressesOfThePublicInternetAreAllowed(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address))).isTrue();
        assertThat(INTRANET.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "::1",
                "fc00::1",
                "fd12:3456:789a::1",
                "::ffff:127.0.0.1",
                "::ffff:a00:1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1"
            })
    void addressesOfPrivateNetworksAreAllowedOnlyWhereTheInstallationSaysSo(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address))).isFalse();
        assertThat(INTRANET.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "100.100.100.200",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::127.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "3fff::1",
                "5f00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressesThatAreNobodysOrTellSecretsAreNeverAllowed(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address))).isFalse();
        assertThat(INTRANET.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void nameOfAnAddressDoesNotMatter() throws UnknownHostException {
        var named = InetAddress.getByAddress("partner.example.org", new byte[] {127, 0, 0, 1});

        assertThat(PUBLIC.allows(named)).isFalse();
    }
}
