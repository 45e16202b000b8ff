package dev.abendkasse.server.access;

import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.AllotmentView;
import dev.abendkasse.server.access.domain.ClientCommand;
import dev.abendkasse.server.access.store.AllotmentStore;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What partners may sell. */
@Service
public class Allotments {

    private final AllotmentStore store;

    Allotments(AllotmentStore store) {
        this.store = store;
    }

    /** Empty when there is no such program. */
    public Mono<AllotmentView> of(String clientId) {
        return store.find(clientId);
    }

    public Mono<AccessResult<AllotmentView>> set(ClientCommand.Allot allotment) {
        return store.set(allotment);
    }
}
