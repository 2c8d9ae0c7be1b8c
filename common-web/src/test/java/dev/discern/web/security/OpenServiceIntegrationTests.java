package dev.discern.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.web.WebApplication;
import dev.discern.web.WebServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

/** Without keys a service is open, but on this machine only. */
class OpenServiceIntegrationTests extends WebServiceTest {

    @Test
    void everybodyOnThisMachineHasEveryScope() throws Exception {
        assertThat(send("GET", "/v1/admin/secret", "").statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/v1/items/1", "", "X-API-Key", "any").statusCode())
                .isEqualTo(200);
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
