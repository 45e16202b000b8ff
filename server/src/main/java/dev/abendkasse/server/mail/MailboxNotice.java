package dev.abendkasse.server.mail;

import dev.abendkasse.server.sandbox.SandboxAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Says at the start that nobody gets mail, so that it is not found out by the buyers. */
@MailboxComponent
class MailboxNotice {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxNotice.class);

    private final ObjectProvider<SandboxAddress> sandbox;

    MailboxNotice(ObjectProvider<SandboxAddress> sandbox) {
        this.sandbox = sandbox;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        var server = sandbox.getIfAvailable();
        var where = server == null ? "the table mailbox_mail" : server.value() + "/mailbox";
        LOG.warn("Mails go to {}: nobody gets them. For real ones set spring.mail.host.", where);
    }
}
