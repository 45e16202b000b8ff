/** What clerks do: take purchases over, make orders, reserve, take money, give back. */
@ApplicationModule(
        allowedDependencies = {
            "cart",
            "checkout",
            "credit",
            "database",
            "order",
            "paymentlink",
            "secret",
            "security",
            "web"
        })
@NullMarked
package dev.abendkasse.server.boxoffice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
