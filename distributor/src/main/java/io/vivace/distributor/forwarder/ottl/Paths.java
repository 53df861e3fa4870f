package io.vivace.distributor.forwarder.ottl;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What conditions may ask a target for.
final class Paths {
  private static final Map<String, Expression> FIELDS =
      Map.of(
          "span.name", target -> target.span().getName(),
          "span.kind", target -> (long) target.span().getKindValue(),
          "span.status.code", target -> (long) target.span().getStatus().getCodeValue(),
          "spanevent.name", target -> target.event().getName());

  private static final Map<String, Function<Target, List<KeyValue>>> ATTRIBUTES =
      Map.of(
          "resource.attributes", target -> target.resource().getAttributesList(),
          "span.attributes", target -> target.span().getAttributesList(),
          "spanevent.attributes", target -> target.event().getAttributesList());

  /// What is allowed, for errors.
  static final String SUPPORTED =
      "attributes[\"key\"], resource.attributes[\"key\"], name, kind or status.code";

  private Paths() {}

  /// The field that a path without key names, null when there is none.
  static @Nullable Expression field(Context context, String path) {
    return allowed(context, path) ? FIELDS.get(whole(context, path)) : null;
  }

  /// The attribute that a path with a key names, null when there is none.
  static @Nullable Expression attribute(Context context, String path, String key) {
    Function<Target, List<KeyValue>> attributes =
        allowed(context, path) ? ATTRIBUTES.get(whole(context, path)) : null;
    return attributes == null ? null : target -> Values.attribute(attributes.apply(target), key);
  }

  private static boolean allowed(Context context, String path) {
    return context == Context.SPAN_EVENT || !path.startsWith(Context.SPAN_EVENT.prefix() + ".");
  }

  private static String whole(Context context, String path) {
    boolean prefixed =
        path.startsWith("resource.")
            || path.startsWith(Context.SPAN.prefix() + ".")
            || path.startsWith(Context.SPAN_EVENT.prefix() + ".");
    return prefixed ? path : context.prefix() + "." + path;
  }
}
