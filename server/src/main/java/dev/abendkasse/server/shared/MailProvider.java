package dev.abendkasse.server.shared;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Providers that say themselves, or of whom it has been reported, how else one mailbox of theirs can be written. Whoever is
 * not here, or says nothing of dots, tags or further domains, tells people apart by them. Where each rule comes from stands
 * at the provider, and for people in server/docs/blacklist.md.
 */
enum MailProvider {

    /**
     * Dots: "Dots don't matter in Gmail addresses", https://support.google.com/mail/answer/7436150. Tags and the second
     * domain: "2 hidden ways to get more from your Gmail address",
     * https://gmailblog.blogspot.com/2008/03/2-hidden-ways-to-get-more-from-your.html. Dots count at companies' own domains.
     */
    GMAIL(oneMailboxAt("gmail.com googlemail.com"), name -> without(".", beforeTag(name))),

    /**
     * Tags: since 2013, https://www.zdnet.com/article/microsoft-adds-support-for-custom-email-addresses-in-office-365/;
     * companies may switch them off and are not here. The domains are those of
     * https://autoconfig.thunderbird.net/v1.1/hotmail.com; each has people of its own,
     * https://support.microsoft.com/help/12407.
     */
    OUTLOOK(mailboxesAt("""
            outlook.com outlook.at outlook.be outlook.cl outlook.co.id outlook.co.il outlook.co.th outlook.com.ar
            outlook.com.au outlook.com.br outlook.com.gr outlook.com.tr outlook.com.vn outlook.cz outlook.de outlook.dk
            outlook.es outlook.fr outlook.hu outlook.ie outlook.in outlook.it outlook.jp outlook.kr outlook.lv outlook.my
            outlook.ph outlook.pt outlook.sa outlook.sg outlook.sk
            hotmail.com hotmail.be hotmail.ca hotmail.cl hotmail.co.id hotmail.co.il hotmail.co.in hotmail.co.jp
            hotmail.co.kr hotmail.co.th hotmail.co.uk hotmail.co.za hotmail.com.ar hotmail.com.au hotmail.com.br
            hotmail.com.hk hotmail.com.tr hotmail.com.tw hotmail.com.vn hotmail.cz hotmail.de hotmail.dk hotmail.es
            hotmail.fi hotmail.fr hotmail.gr hotmail.hu hotmail.it hotmail.lt hotmail.lv hotmail.my hotmail.nl hotmail.no
            hotmail.ph hotmail.rs hotmail.se hotmail.sg hotmail.sk
            live.com live.at live.be live.ca live.cl live.cn live.co.jp live.co.kr live.co.uk live.co.za live.com.ar
            live.com.au live.com.mx live.com.my live.com.ph live.com.pt live.com.sg live.de live.dk live.fi live.fr live.hk
            live.ie live.in live.it live.jp live.nl live.no live.ru live.se
            msn.com windowslive.com livemail.tw
            """), MailProvider::beforeTag),

    /**
     * Domains: "About your @icloud.com, @me.com, and @mac.com email addresses", https://support.apple.com/118230. Tags:
     * Apple says nothing, people who tried do, https://kosukety.org/use-plus-sign-alias-in-icloud.
     */
    ICLOUD(oneMailboxAt("icloud.com me.com mac.com"), MailProvider::beforeTag),

    /**
     * Dots, hyphens and underscores are "transparent": https://proton.me/support/change-username. Tags and the domains of
     * one person: https://proton.me/support/addresses-and-aliases; what one has under a domain of theirs is kept for them
     * under the others.
     */
    PROTON(
            oneMailboxAt("proton.me protonmail.com protonmail.ch pm.me"),
            name -> without(".", without("-", without("_", beforeTag(name))))),

    /**
     * Tags, also written as anything@name.fastmail.com:
     * https://www.fastmail.help/hc/en-us/articles/360060591053. Of its many domains those that it is called by.
     */
    FASTMAIL(mailboxesAt("fastmail.com fastmail.fm"), MailProvider::beforeTag),

    /**
     * A dot and a hyphen are the same: https://yandex.com/support/passport/authorization/registration.html. Each mailbox
     * under all domains: https://yandex.com/support/domain/additional/mailbox-alias.xml. Of tags it says nothing.
     */
    YANDEX(oneMailboxAt("yandex.ru ya.ru yandex.com yandex.by yandex.kz yandex.ua"), name -> name.replace('.', '-')),

    /**
     * Only who has a name under one domain can have it under the others: https://posteo.de/blog/2, 14 December 2023. Of
     * tags it says nothing.
     */
    POSTEO(
            oneMailboxAt("posteo.de posteo.net posteo.com posteo.at posteo.be posteo.ca posteo.ch posteo.es posteo.eu"
                    + " posteo.ie posteo.lu posteo.me posteo.nl posteo.uk posteo.us"),
            UnaryOperator.identity()),

    /** Tags: https://blog.mailfence.com/de/plus-addressing/. */
    MAILFENCE(mailboxesAt("mailfence.com"), MailProvider::beforeTag),

    /** Tags: "Sub-addressing (plus addressing)", https://blog.runbox.com/category/news/page/8. */
    RUNBOX(mailboxesAt("runbox.com"), MailProvider::beforeTag);

    private static final Map<String, MailProvider> BY_DOMAIN = byDomain();

    /** The domain under which a mailbox is compared, by each of the provider's. */
    private final Map<String, String> domains;

    private final UnaryOperator<String> plainName;

    MailProvider(Map<String, String> domains, UnaryOperator<String> plainName) {
        this.domains = domains;
        this.plainName = plainName;
    }

    /** The plain address of the mailbox that this one leads to, as far as its provider is known. */
    static String mailbox(String local, String domain) {
        var provider = BY_DOMAIN.get(domain);
        if (provider != null) {
            return provider.plain(local, domain);
        }
        var dot = domain.indexOf('.');
        var parent = domain.substring(dot + 1);
        return FASTMAIL.domains.containsKey(parent)
                ? FASTMAIL.plain(domain.substring(0, dot), parent)
                : local + "@" + domain;
    }

    private String plain(String local, String domain) {
        return plainName.apply(local) + "@" + domains.get(domain);
    }

    private static Map<String, String> oneMailboxAt(String domains) {
        var names = domains.split(" ");
        var all = new HashMap<String, String>();
        Arrays.stream(names).forEach(name -> all.put(name, names[0]));
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, String> mailboxesAt(String domains) {
        var all = new HashMap<String, String>();
        Arrays.stream(domains.split("\\s+")).forEach(name -> all.put(name, name));
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, MailProvider> byDomain() {
        var all = new HashMap<String, MailProvider>();
        for (var provider : values()) {
            provider.domains.keySet().forEach(domain -> all.put(domain, provider));
        }
        return Collections.unmodifiableMap(all);
    }

    /** A name that is nothing but a tag stays as it is. */
    private static String beforeTag(String name) {
        var plus = name.indexOf('+');
        return plus < 1 ? name : name.substring(0, plus);
    }

    /** A name that is nothing but such characters stays as it is. */
    private static String without(String character, String name) {
        var rest = name.replace(character, "");
        return rest.isEmpty() ? name : rest;
    }
}
