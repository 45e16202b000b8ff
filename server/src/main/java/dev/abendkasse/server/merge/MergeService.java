package dev.abendkasse.server.merge;

import dev.abendkasse.server.merge.domain.MergeCommand;
import dev.abendkasse.server.merge.domain.MergePair;
import dev.abendkasse.server.merge.domain.MergeResult;
import dev.abendkasse.server.merge.domain.MergeView;
import dev.abendkasse.server.merge.store.MergeStore;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Makes one customer of two accounts, after staff have seen what that does. */
@Service
public class MergeService {

    private final MergeStore merges;

    MergeService(MergeStore merges) {
        this.merges = merges;
    }

    public Mono<MergeResult<MergeView.Preview>> preview(MergePair pair) {
        return pair.survivorId().equals(pair.loserId()) ? Mono.just(same()) : merges.preview(pair);
    }

    /** In one transaction, all or nothing; refused when anything is not as the preview had it. */
    public Mono<MergeResult<MergeView.Done>> merge(MergeCommand command) {
        return command.survivorId().equals(command.loserId()) ? Mono.just(same()) : merges.merge(command);
    }

    private static <T extends MergeView> MergeResult<T> same() {
        return new MergeResult.Refused<>(ProblemType.INVALID_REQUEST, List.of());
    }
}
