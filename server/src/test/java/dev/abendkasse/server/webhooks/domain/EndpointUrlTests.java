package dev.abendkasse.server.webhooks.domain;

import static dev.abendkasse.server.webhooks.domain.EndpointUrl.Fault.NOT_A_PLAIN_ADDRESS;
import static dev.abendkasse.server.webhooks.domain.EndpointUrl.Fault.NOT_A_PUBLIC_HOST;
import static dev.abendkasse.server.webhooks.domain.EndpointUrl.Fault.NOT_HTTPS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTests {

    private static final AddressPolicy PUBLIC = new AddressPolicy(false);
    private static final AddressPolicy INTRANET = new AddressPolicy(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://partner.example.org",
                "https://partner.example.org/hooks?key=a%20b",
                "https://PARTNER.example.org:8443/",
                "https://xn--bhne-1ra.example.org/",
                "https://1.1.1.1/",
                "https://[2606:4700:4700::1111]:8443/"
            })
    void publicHostOverHttpsIsAllowed(String url) {
        assertThat(EndpointUrl.faultIn(url, false, PUBLIC)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://partner.example.org/", "ftp://partner.example.org/", "HTTP://partner.example.org/"})
    void otherThanHttpsIsAFault(String url) {
        assertThat(EndpointUrl.faultIn(url, false, PUBLIC)).contains(NOT_HTTPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https:///path",
                "https://",
                "https:partner.example.org",
                "partner.example.org",
                "https://user@partner.example.org/",
                "https://user:password@partner.example.org/",
                "https://partner.example.org@127.0.0.1/",
                "https://partner.example.org/#part",
                "https://partner.example.org:0/",
                "https://partner.example.org:70000/",
                "https://partner_1.example.org/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.0.1.2/",
                "https://[::1",
                "https://[::1%25lo]/",
                "https://partner.example.org\\@127.0.0.1/"
            })
    void whatCanBeReadInTwoWaysIsAFault(String url) {
        assertThat(EndpointUrl.faultIn(url, false, PUBLIC)).isPresent();
        assertThat(EndpointUrl.faultIn(url, true, INTRANET)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "https://shop.localhost/",
                "https://intranet/",
                "https://printer.local/",
                "https://metadata.google.internal/",
                "https://nas.home.arpa/",
                "https://127.0.0.1/",
                "https://10.1.2.3:8443/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[fd00::1]/"
            })
    void hostOfAPrivateNetworkIsAFaultUnlessTheInstallationAllowsIt(String url) {
        assertThat(EndpointUrl.faultIn(url, false, PUBLIC)).contains(NOT_A_PUBLIC_HOST);
        assertThat(EndpointUrl.faultIn(url, false, INTRANET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://169.254.169.254/", "https://[fe80::1]/", "https://0.0.0.0/", "https://[::]/"})
    void hostThatIsNobodysOrTellsSecretsIsAlwaysAFault(String url) {
        assertThat(EndpointUrl.faultIn(url, true, INTRANET)).contains(NOT_A_PUBLIC_HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/hooks", "http://partner.example.org/"})
    void httpIsAllowedWhereTheInstallationSaysSo(String url) {
        assertThat(EndpointUrl.faultIn(url, true, INTRANET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user@partner.example.org/", "https://partner.example.org/#part"})
    void faultSaysWhatIsWrong(String url) {
        assertThat(EndpointUrl.faultIn(url, false, PUBLIC)).contains(NOT_A_PLAIN_ADDRESS);
    }
}
