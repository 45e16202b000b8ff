package dev.abendkasse.server.webhooks.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. May take its time. */
interface HostLookup {

    List<InetAddress> addresses(String host) throws UnknownHostException;
}
