package dev.abendkasse.server.security.web;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;

/** Every operation of both contracts and who may call it. What is not in a contract is not there. */
@Component
class ContractRules {

    static final String PUBLIC = "contract/openapi.yaml";
    static final String OFFICE = "contract/openapi-office.yaml";

    private final List<Operation> operations = Stream.of(PUBLIC, OFFICE)
            .flatMap(ContractReader::operations)
            .sorted(Comparator.comparing(Operation::path, PathPattern.SPECIFICITY_COMPARATOR))
            .toList();

    List<Operation> operations() {
        return operations;
    }

    Optional<Operation> operation(ServerHttpRequest request) {
        var method = HttpMethod.HEAD.equals(request.getMethod()) ? HttpMethod.GET : request.getMethod();
        return at(request).filter(one -> one.method().equals(method)).findFirst();
    }

    /** The methods that this address answers; none when the contract does not know it. */
    Set<HttpMethod> methods(ServerHttpRequest request) {
        return at(request).map(Operation::method).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Operation> at(ServerHttpRequest request) {
        var path = request.getPath().pathWithinApplication();
        return operations.stream().filter(one -> one.path().matches(path));
    }
}
