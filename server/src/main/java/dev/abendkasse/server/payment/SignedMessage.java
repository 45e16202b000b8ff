package dev.abendkasse.server.payment;

/** A notification as it came in, its signature not yet checked (Standard Webhooks). */
public record SignedMessage(String provider, String id, String timestamp, String signature, String body) {}
