package dev.abendkasse.server.newsletter.domain;

/** An issue as a reader would get it, and who would. */
public record Preview(String subject, String html, String text, Reach reach) {}
