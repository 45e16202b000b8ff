package dev.abendkasse.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbendkasseOfficeClientTests {

    @Test
    void everyGeneratedApiHasItsAccessor() throws Exception {
        var client =
                AbendkasseOfficeClient.at(URI.create("http://localhost:8080")).build();

        assertThat(generatedApis()).allSatisfy(api -> {
            var accessor = Character.toLowerCase(api.charAt(0)) + api.substring(1);
            assertThat(AbendkasseOfficeClient.class.getMethod(accessor).invoke(client))
                    .isInstanceOf(Class.forName("dev.abendkasse.office.api." + api + "Api"));
        });
    }

    private static List<String> generatedApis() throws Exception {
        var classes = Path.of(AbendkasseOfficeClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.walk(classes)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Api.class"))
                    .map(file -> file.replace("Api.class", ""))
                    .toList();
        }
    }
}
