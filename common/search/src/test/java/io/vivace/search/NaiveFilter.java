package io.vivace.search;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.traceql.AttributeReference;
import io.vivace.traceql.FieldExpression;
import io.vivace.traceql.Intrinsic;
import io.vivace.traceql.Operator;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A spanset filter interpreted span by span over protobuf messages: the slow twin of the engine.
final class NaiveFilter {
  /// One span with what surrounds it, and one of its events and links or none.
  record Row(
      Resource resource,
      InstrumentationScope scope,
      Span span,
      Span.@Nullable Event event,
      Span.@Nullable Link link,
      String rootName,
      String rootService,
      long traceDuration) {}

  private NaiveFilter() {}

  static boolean matches(FieldExpression expression, Row row) {
    Value value = value(expression, row);
    return value.type() == ValueType.BOOLEAN && value.bits() == 1;
  }

  private static Value value(FieldExpression expression, Row row) {
    return switch (expression) {
      case FieldExpression.Literal literal -> literal.value();
      case FieldExpression.Attribute attribute -> attribute(attribute.reference(), row);
      case FieldExpression.Negative negative -> {
        Value value = value(negative.operand(), row);
        yield switch (value.type()) {
          case INT -> Value.ofInt(-value.bits());
          case DURATION -> Value.ofDuration(-value.bits());
          case FLOAT -> Value.ofFloat(-value.asDouble());
          default -> Value.NIL;
        };
      }
      case FieldExpression.Not not -> {
        Value value = value(not.operand(), row);
        yield Value.ofBoolean(value.type() == ValueType.BOOLEAN && value.bits() == 0);
      }
      case FieldExpression.Exists exists ->
          Value.ofBoolean(value(exists.operand(), row).type() != ValueType.NIL);
      case FieldExpression.Binary binary ->
          binary(binary.operator(), value(binary.left(), row), value(binary.right(), row));
    };
  }

  private static Value binary(Operator operator, Value left, Value right) {
    return switch (operator) {
      case AND -> Value.ofBoolean(isTrue(left) && isTrue(right));
      case OR -> Value.ofBoolean(isTrue(left) || isTrue(right));
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> arithmetic(operator, left, right);
      default -> Value.ofBoolean(compare(operator, left, right));
    };
  }

  private static boolean isTrue(Value value) {
    return value.type() == ValueType.BOOLEAN && value.bits() == 1;
  }

  private static Value arithmetic(Operator operator, Value left, Value right) {
    if (!left.type().isNumeric() || !right.type().isNumeric()) {
      return Value.NIL;
    }
    if (left.type() == ValueType.INT && right.type() == ValueType.INT) {
      long a = left.bits();
      long b = right.bits();
      return switch (operator) {
        case ADD -> Value.ofInt(a + b);
        case SUBTRACT -> Value.ofInt(a - b);
        case MULTIPLY -> Value.ofInt(a * b);
        case DIVIDE -> b == 0 ? Value.NIL : Value.ofInt(a / b);
        default -> b == 0 ? Value.NIL : Value.ofInt(a % b);
      };
    }
    double a = left.asDouble();
    double b = right.asDouble();
    return Value.ofFloat(
        switch (operator) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> a / b;
          default -> a % b;
        });
  }

  private static boolean compare(Operator operator, Value left, Value right) {
    boolean negative = operator == Operator.NOT_EQUAL || operator == Operator.NOT_REGEX;
    List<Value> lefts = left.type() == ValueType.ARRAY ? left.elements() : List.of(left);
    List<Value> rights = right.type() == ValueType.ARRAY ? right.elements() : List.of(right);
    boolean any = false;
    boolean all = true;
    for (Value a : lefts) {
      for (Value b : rights) {
        boolean holds = compareScalars(operator, a, b);
        any |= holds;
        all &= holds;
      }
    }
    return negative ? all : any;
  }

  private static boolean compareScalars(Operator operator, Value left, Value right) {
    if (left.type() == ValueType.STRING && right.type() == ValueType.STRING) {
      int order = left.text().compareTo(right.text());
      return switch (operator) {
        case REGEX -> Pattern.matches(right.text(), left.text());
        case NOT_REGEX -> !Pattern.matches(right.text(), left.text());
        default -> holds(operator, order);
      };
    }
    if (left.type().isNumeric() && right.type().isNumeric()) {
      return holds(operator, Double.compare(left.asDouble() + 0.0, right.asDouble() + 0.0));
    }
    boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    return equality
        && left.type() == right.type()
        && left.type() != ValueType.NIL
        && holds(operator, Long.compare(left.bits(), right.bits()));
  }

  private static boolean holds(Operator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case GREATER -> order > 0;
      case GREATER_EQUAL -> order >= 0;
      case LESS -> order < 0;
      case LESS_EQUAL -> order <= 0;
      default -> false;
    };
  }

  private static Value attribute(AttributeReference reference, Row row) {
    return switch (reference) {
      case Intrinsic intrinsic -> intrinsic(intrinsic, row);
      case AttributeReference.Named named ->
          switch (named.scope()) {
            case SPAN -> find(row.span().getAttributesList(), named.name());
            case RESOURCE -> resource(row, named.name());
            case INSTRUMENTATION -> find(row.scope().getAttributesList(), named.name());
            case EVENT ->
                row.event() == null
                    ? Value.NIL
                    : find(row.event().getAttributesList(), named.name());
            case LINK ->
                row.link() == null ? Value.NIL : find(row.link().getAttributesList(), named.name());
            case NONE -> {
              Value onSpan = find(row.span().getAttributesList(), named.name());
              yield onSpan.type() == ValueType.NIL ? resource(row, named.name()) : onSpan;
            }
          };
    };
  }

  private static Value resource(Row row, String name) {
    Value value = find(row.resource().getAttributesList(), name);
    boolean service = name.equals("service.name") && value.type() == ValueType.NIL;
    return service ? Value.ofString("") : value;
  }

  private static Value find(List<KeyValue> attributes, String name) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(name))
        .findFirst()
        .map(attribute -> of(attribute.getValue()))
        .orElse(Value.NIL);
  }

  private static Value of(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Value.ofString(value.getStringValue());
      case INT_VALUE -> Value.ofInt(value.getIntValue());
      case DOUBLE_VALUE -> Value.ofFloat(value.getDoubleValue());
      case BOOL_VALUE -> Value.ofBoolean(value.getBoolValue());
      case ARRAY_VALUE -> {
        List<Value> elements = new ArrayList<>();
        value.getArrayValue().getValuesList().forEach(element -> elements.add(of(element)));
        long types = elements.stream().map(Value::type).distinct().count();
        yield types != 1
            ? Value.NIL
            : elements.size() == 1 ? elements.getFirst() : Value.ofArray(elements);
      }
      default -> Value.NIL;
    };
  }

  private static Value intrinsic(Intrinsic intrinsic, Row row) {
    Span span = row.span();
    return switch (intrinsic) {
      case NAME -> Value.ofString(span.getName());
      case DURATION -> Value.ofDuration(span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
      case STATUS -> Value.ofStatus(span.getStatus().getCodeValue());
      case STATUS_MESSAGE -> Value.ofString(span.getStatus().getMessage());
      case KIND -> Value.ofKind(span.getKindValue());
      case ROOT_NAME -> Value.ofString(row.rootName());
      case ROOT_SERVICE_NAME -> Value.ofString(row.rootService());
      case TRACE_DURATION -> Value.ofDuration(row.traceDuration());
      case SPAN_ID -> Value.ofString(hex(span.getSpanId()));
      case INSTRUMENTATION_NAME -> Value.ofString(row.scope().getName());
      case INSTRUMENTATION_VERSION -> Value.ofString(row.scope().getVersion());
      case EVENT_NAME -> row.event() == null ? Value.NIL : Value.ofString(row.event().getName());
      case EVENT_TIME_SINCE_START ->
          row.event() == null
              ? Value.NIL
              : Value.ofDuration(row.event().getTimeUnixNano() - span.getStartTimeUnixNano());
      case LINK_SPAN_ID ->
          row.link() == null ? Value.NIL : Value.ofString(hex(row.link().getSpanId()));
      default -> throw new IllegalArgumentException(intrinsic + " (expected: one of the twin)");
    };
  }

  private static String hex(ByteString id) {
    String text = HexFormat.of().formatHex(id.toByteArray());
    return "0".repeat(16 - text.length()) + text;
  }
}
