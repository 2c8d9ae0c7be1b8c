package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class MatrixPageTests {

    private static final String HOSTILE = "</td><script>alert('x')</script>\"><img src=x onerror=\"alert(1)\">&amp;";

    @Test
    void aHostileNameStaysText() throws Exception {
        String page = MatrixPage.of(MatrixFixture.report(HOSTILE, 0.62));

        assertThat(page).doesNotContain("<script", "<img", "onerror=\"");
        assertThat(parse(page).getDocumentElement().getTextContent()).contains(HOSTILE);
    }

    @Test
    void needsNothingBesideItself() {
        assertThat(MatrixPage.of(MatrixFixture.report()))
                .doesNotContain("http", "src=", "href=", "url(", "@import", "<script");
    }

    @Test
    void showsTheTablesAndAPointForEachModel() throws Exception {
        Document page = parse(MatrixPage.of(MatrixFixture.report()));

        assertThat(page.getElementsByTagName("table").getLength()).isEqualTo(9);
        assertThat(page.getElementsByTagName("circle").getLength()).isEqualTo(5);
        assertThat(page.getDocumentElement().getTextContent())
                .contains("1,234 users, 99 items", "+0.0100 [+0.0040, +0.0160] *", "history placebo: stopped | late");
    }

    @Test
    void aReportWithoutModelsIsAPageToo() throws Exception {
        MatrixReport none = new MatrixReport(MatrixFixture.report().dataset(), List.of(1L), List.of(), List.of());
        assertThat(parse(MatrixPage.of(none)).getElementsByTagName("table").getLength())
                .isZero();
    }

    /** The page as XML, which its markup is but for two tags that stand alone. */
    private static Document parse(String page) throws Exception {
        String xml = page.replace("<!doctype html>", "").replaceAll("(<meta [^>]*)>", "$1/>");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.strip())));
    }
}
