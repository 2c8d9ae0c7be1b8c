package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MatrixMarkdownTests {

    @Test
    void hasATitleTheWordsAndTheTables() {
        assertThat(MatrixMarkdown.of(MatrixFixture.report()))
                .startsWith("# Models side by side\n\n1,234 users, 99 items, 5,678 interactions;")
                .contains("2 seeds.\n\nNo judge was asked.\n\n## How well each model ranks")
                .contains("\n## What the top 10 show\n\n- Of the first seed.")
                .contains(
                        "\n| model | coverage | Gini | popularity | lift |\n|---|---:|---:|---:|---:|\n| popularity | 0.250 |")
                .contains("\n## Warnings\n\n- history placebo: stopped \\| late\n");
    }

    @Test
    void markupInNamesStaysText() {
        assertThat(MatrixMarkdown.escape("a|b *c* <i> `d` [e](f) \\ _g_\nh & [1, 2]"))
                .isEqualTo("a\\|b \\*c\\* \\<i\\> \\`d\\` [e]\\(f) \\\\ \\_g\\_ h \\& [1, 2]");
    }
}
