package dev.abendkasse.server.web;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** What the contract calls a method's parameter. */
final class Parameters {

    private Parameters() {}

    static String nameOf(MethodParameter parameter) {
        return names(parameter)
                .filter(Objects::nonNull)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("request");
    }

    private static Stream<@Nullable String> names(MethodParameter parameter) {
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        var path = parameter.getParameterAnnotation(PathVariable.class);
        var query = parameter.getParameterAnnotation(RequestParam.class);
        return Stream.of(
                header == null ? null : header.value(),
                header == null ? null : header.name(),
                path == null ? null : path.value(),
                path == null ? null : path.name(),
                query == null ? null : query.value(),
                query == null ? null : query.name(),
                parameter.getParameterName());
    }
}
