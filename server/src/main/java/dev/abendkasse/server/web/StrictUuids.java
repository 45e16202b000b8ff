package dev.abendkasse.server.web;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** Takes UUIDs in addresses and headers only as RFC 9562 writes them; the JDK takes "1-1-1-1-1" for one. */
@ControllerAdvice
class StrictUuids {

    private static final Pattern RFC9562 =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** An editor and no converter: when a converter fails, Spring tries the JDK's lenient reading after it. */
    @InitBinder
    void register(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new Editor());
    }

    private static final class Editor extends PropertyEditorSupport {

        @Override
        public void setAsText(String text) {
            if (!RFC9562.matcher(text).matches()) {
                throw new IllegalArgumentException("Not a UUID");
            }
            setValue(UUID.fromString(text));
        }
    }
}
