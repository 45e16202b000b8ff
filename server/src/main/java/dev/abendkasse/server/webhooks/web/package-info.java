/** How staff look after endpoints, and how what endpoints are told is put into the contract's words. */
@NullMarked
package dev.abendkasse.server.webhooks.web;

import org.jspecify.annotations.NullMarked;
