package dev.abendkasse.server.shared;

/**
 * The form of an e-mail address that is only compared, never sent to and never logged in with: what one mailbox may be
 * spelled like. Case means nothing anywhere. Dots, tags and names of domains mean nothing only at providers that say so,
 * see {@link MailProvider}; anywhere else they may tell two people apart, and so may letters that look alike.
 */
public final class MatchKey {

    private MatchKey() {}

    /** Of an address as somebody typed it; one that no mail can be sent to stands for itself. */
    public static String of(String email) {
        return EmailAddress.parse(email)
                .map(MatchKey::of)
                .orElseGet(() -> Spelling.folded(email).strip());
    }

    public static String of(EmailAddress address) {
        return MailProvider.mailbox(Spelling.folded(address.localPart()), address.domain());
    }
}
