package dev.discern.scoring.web;

import dev.discern.common.db.DataVersion;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the database holds. */
@RestController
final class CatalogController {

    private final DataSource dataSource;

    CatalogController(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The size of the catalog.
     *
     * @param dataVersion changes whenever an item, a user or an interaction does
     */
    record CatalogResource(long users, long items, long interactions, String dataVersion) {}

    @GetMapping("/v1/admin/catalog")
    CatalogResource catalog() {
        DataVersion data = DataVersion.read(dataSource);
        return new CatalogResource(data.users(), data.items(), data.interactions(), data.name());
    }
}
