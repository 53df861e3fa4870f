package io.vivace.service.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void drawsBorders() {
    TextTable table = new TextTable("name", "state");
    table.row("distributor", "Running");

    assertThat(table.text())
        .isEqualTo(
            """
            +-------------+---------+
            | NAME        | STATE   |
            +-------------+---------+
            | distributor | Running |
            +-------------+---------+
            """);
  }
}
