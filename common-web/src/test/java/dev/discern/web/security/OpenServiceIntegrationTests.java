package dev.discern.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.web.WebApplication;
import dev.discern.web.WebServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;

/** Without keys a service is open, but on this machine only. */
class OpenServiceIntegrationTests extends WebServiceTest {

    @Autowired
    private MeterRegistry meters;

    @Test
    void everybodyOnThisMachineHasEveryScope() throws Exception {
        assertThat(send("GET", "/v1/admin/secret", "").statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/v1/items/1", "", "X-API-Key", "any").statusCode())
                .isEqualTo(200);
    }

    @Test
    void requestsAreTimedAndTheFiltersWithinThemAreNot() throws Exception {
        send("GET", "/v1/page?limit=1", "");
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (names().noneMatch("http.server.requests"::equals)) { // told when the answer is sent
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(20);
        }

        assertThat(names()).noneMatch(name -> name.startsWith("spring.security"));
    }

    private Stream<String> names() {
        return meters.getMeters().stream().map(meter -> meter.getId().getName());
    }

    @Test
    void refusesToStartWithoutKeysOnAnAddressThatOthersReach() {
        assertThatThrownBy(
                        () -> SpringApplication.run(WebApplication.class, "--server.port=0", "--server.address=0.0.0.0")
                                .close())
                .rootCause()
                .hasMessage("No API key is configured and server.address is 0.0.0.0: set DISCERN_API_KEY, or bind to"
                        + " 127.0.0.1.");
    }
}
