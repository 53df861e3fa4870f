package io.vivace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TraceIdTest {
  @Test
  void padsShortIdsWithZerosOnTheLeft() {
    assertThat(TraceId.ofHex("abc")).hasToString("00000000000000000000000000000abc");
    assertThat(TraceId.of(new byte[] {0x0a, (byte) 0xbc})).isEqualTo(TraceId.ofHex("ABC"));
  }

  @Test
  void printsShortHexWithoutLeadingZeros() {
    assertThat(TraceId.ofHex("0abc").toShortHex()).isEqualTo("abc");
    assertThat(new TraceId(0, 0).toShortHex()).isEqualTo("0");
  }

  @Test
  void ordersUnsigned() {
    assertThat(TraceId.ofHex("7f" + "00".repeat(15)))
        .isLessThan(TraceId.ofHex("80" + "00".repeat(15)));
    assertThat(TraceId.ofHex("7f")).isLessThan(TraceId.ofHex("ff" + "00".repeat(7)));
  }

  @Test
  void refusesWhatIsNoId() {
    assertThatThrownBy(() -> TraceId.ofHex("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TraceId.ofHex("g")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TraceId.of(new byte[17]))
        .hasMessage("trace id length: 17 (expected: at most 16 bytes)");
  }
}
