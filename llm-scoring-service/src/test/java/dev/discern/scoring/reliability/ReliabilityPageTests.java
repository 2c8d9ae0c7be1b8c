package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReliabilityPageTests {

    private static final String HOSTILE = "</title><script>alert('x')</script>\"><img src=x onerror=\"alert(1)\">&amp;";

    private final List<JudgedPrompt> prompts = Judged.all(
            Judged.scores(0.9, 0.1, 0.2)
                    .popularity(4, 3, 9)
                    .history(1)
                    .encoder(0.1, 0.2, 0.3)
                    .model(1, 2, 0),
            Judged.scores(0.5, 0.1, 0.2, 0.8, 0.9).popularity(5, 6, 6, 6, 6).history(4),
            Judged.scores(0.5, 0.4).history(3),
            Judged.scores(0.5, 0.4).history(3));

    @Test
    void aHostileNameStaysText() throws Exception {
        String page = ReliabilityPage.of(ReliabilityReportTests.report(HOSTILE, prompts));

        assertThat(page).doesNotContain("<script", "<img", "onerror=\"");
        Document document = parse(page);
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Reliability of " + HOSTILE + ", run 3");
        assertThat(document.getElementsByTagName("h1").getLength()).isOne();
    }

    @Test
    void needsNothingBesideItself() {
        String page = ReliabilityPage.of(ReliabilityReportTests.report("a judge", prompts));

        assertThat(page).doesNotContain("http", "src=", "href=", "url(", "@import", "<script");
    }

    @Test
    void showsTheVerdictTheGridAndTheCurve() throws Exception {
        ReliabilityReport report = ReliabilityReportTests.report("a judge", prompts);

        Document document = parse(ReliabilityPage.of(report));

        assertThat(document.getDocumentElement().getTextContent())
                .contains(report.verdict().text())
                .contains("1.000 of 1", "0.500 of 1") // cells of the grid
                .contains("alike in popularity")
                .contains("The model is v-1, on 1 of the audit prompts.")
                .contains("model 0.500") // a cell of the grid
                .contains("A note.")
                .contains("0.060000 US dollars");
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(12);
        assertThat(document.getElementsByTagName("circle").getLength())
                .isEqualTo(report.calibration().curve().size())
                .isPositive();
    }

    @Test
    void aReportWithoutExamsIsAPageToo() throws Exception {
        Document document = parse(ReliabilityPage.of(ReliabilityReportTests.report("a judge", List.of())));

        assertThat(document.getDocumentElement().getTextContent()).contains("Nothing can be said of this judge");
    }

    /** The page as XML, which its markup is but for two tags that stand alone. */
    private static Document parse(String page) throws Exception {
        String xml = page.replace("<!doctype html>", "").replaceAll("(<meta [^>]*)>", "$1/>");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.strip())));
    }
}
