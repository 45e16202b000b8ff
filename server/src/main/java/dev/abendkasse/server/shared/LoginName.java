package dev.abendkasse.server.shared;

/**
 * What people type to say whose account they mean.
 *
 * @param canonical the one spelling in which it is looked for: of an address its canonical form, of anything else, which can only be a
 *     user name of the former shop, Unicode NFKC in lower case without blanks around it
 */
public record LoginName(String canonical) {

    public static LoginName of(String typed) {
        return EmailAddress.parse(typed)
                .map(email -> new LoginName(email.canonical()))
                .orElseGet(() -> new LoginName(Spelling.lower(typed.strip())));
    }
}
