package io.vivace.service.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class TenantsTest {
  private final Tenants tenants = new Tenants(true);

  @ParameterizedTest
  @NullAndEmptySource
  void requestWithoutTenantIsRefused(@Nullable String header) {
    assertThatThrownBy(() -> tenants.require(header)).hasMessage("no org id");
  }

  @Test
  void singleTenantServerIgnoresTheHeader() {
    assertThat(new Tenants(false).require("a/b")).isEqualTo("single-tenant");
    assertThat(new Tenants(false).requireAll(null)).containsExactly("single-tenant");
  }

  @Test
  void federatedTenantsAreSortedAndUnique() {
    assertThat(tenants.requireAll("b|a|a")).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a/b, tenant ID 'a/b' contains unsupported character '/'",
        "a|b/c, tenant ID 'b/c' contains unsupported character '/'",
        ".., tenant ID is '.' or '..'",
        "a|, no org id",
        "añ, tenant ID 'añ' contains unsupported character 'ñ'",
      })
  void forbiddenIdsAreRefused(String header, String text) {
    assertThatThrownBy(() -> tenants.requireAll(header)).hasMessage(text);
  }

  @Test
  void longIdIsRefused() {
    assertThatThrownBy(() -> tenants.requireOne("a".repeat(151)))
        .hasMessage("tenant ID is too long: max 150 characters");
    assertThat(tenants.requireOne("a".repeat(150))).hasSize(150);
  }

  @Test
  void writeNeverFederates() {
    assertThatThrownBy(() -> tenants.requireOne("a|b"))
        .hasMessage("tenant ID 'a|b' contains unsupported character '|'");
  }
}
