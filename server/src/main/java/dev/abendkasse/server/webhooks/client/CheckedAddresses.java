package dev.abendkasse.server.webhooks.client;

import dev.abendkasse.server.webhooks.domain.AddressPolicy;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/**
 * Resolves hosts to addresses that may be connected to. What it gives is what is connected to, so a name that leads elsewhere
 * a moment later has won nothing. Addresses that stand in the URL come by here as well.
 */
final class CheckedAddresses extends AddressResolverGroup<InetSocketAddress> {

    /** More addresses of one host are not tried. */
    private static final int MOST = 3;

    private final AddressPolicy policy;
    private final HostLookup lookup;
    private final Scheduler scheduler;

    /** @param scheduler where lookups may block */
    CheckedAddresses(AddressPolicy policy, HostLookup lookup, Scheduler scheduler) {
        this.policy = policy;
        this.lookup = lookup;
        this.scheduler = scheduler;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor);
    }

    /** One that leads to the inside with any of its addresses is not trusted with the others. */
    private List<InetSocketAddress> resolve(InetSocketAddress wanted) throws UnknownHostException {
        var found = addresses(wanted);
        if (!found.stream().allMatch(policy::allows)) {
            throw new AddressNotAllowed();
        }
        return found.stream()
                .limit(MOST)
                .map(address -> new InetSocketAddress(address, wanted.getPort()))
                .toList();
    }

    private List<InetAddress> addresses(InetSocketAddress wanted) throws UnknownHostException {
        var known = wanted.getAddress();
        return known == null ? lookup.addresses(wanted.getHostString()) : List.of(known);
    }

    private final class Resolver extends AbstractAddressResolver<InetSocketAddress> {

        Resolver(EventExecutor executor) {
            super(executor, InetSocketAddress.class);
        }

        /** Never, or it would be connected to unchecked. */
        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return false;
        }

        @Override
        protected void doResolve(InetSocketAddress wanted, Promise<InetSocketAddress> promise) {
            scheduler.schedule(() ->
                    fulfil(promise, () -> CheckedAddresses.this.resolve(wanted).getFirst()));
        }

        @Override
        protected void doResolveAll(InetSocketAddress wanted, Promise<List<InetSocketAddress>> promise) {
            scheduler.schedule(() -> fulfil(promise, () -> CheckedAddresses.this.resolve(wanted)));
        }
    }

    private interface Lookup<T> {

        T get() throws UnknownHostException;
    }

    private static <T> void fulfil(Promise<T> promise, Lookup<T> lookup) {
        try {
            promise.trySuccess(lookup.get());
        } catch (UnknownHostException | RuntimeException e) {
            promise.tryFailure(e);
        }
    }
}
