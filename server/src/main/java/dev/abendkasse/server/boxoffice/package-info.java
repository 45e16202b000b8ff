/** What clerks do: take purchases over, make orders, reserve, take money, give back. */
@ApplicationModule(
        allowedDependencies = {
            "cart",
            "credit",
            "database",
            "order",
            "paymentlink",
            "secret",
            "security",
            "ticket",
            "web"
        })
@NullMarked
package dev.abendkasse.server.boxoffice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
