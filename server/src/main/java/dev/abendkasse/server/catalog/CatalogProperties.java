package dev.abendkasse.server.catalog;

import java.util.Currency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the whole installation that the catalog goes by.
 *
 * @param currency of all prices; a performance keeps the one it was made with
 */
@ConfigurationProperties("abendkasse")
public record CatalogProperties(@DefaultValue("EUR") Currency currency) {}
