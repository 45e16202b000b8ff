package dev.abendkasse.server.standardwebhooks;

/** A message as it came in, its signature not yet checked (Standard Webhooks). */
public record SignedMessage(String id, String timestamp, String signature, String body) {}
