package io.vivace.all;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vivace.service.config.KeysWithoutEffect;
import io.vivace.service.config.Secret;
import io.vivace.service.config.TempoConfig;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A key has an effect when code outside of the configuration's own package calls the accessors of
/// all components on its path, itself or through another method of their records. Code that only
/// speaks about keys (warnings, the banner) does not count. A record that several sections share is
/// read when one of them is: then the accessor of the section decides.
class KeysWithoutEffectTest {
  private static final String CONFIG = "io.vivace.service.config";

  /// Classes that read keys in order to speak of them.
  private static final Set<String> SPEAKERS =
      Set.of("io.vivace.service.launch.ConfigWarnings", "io.vivace.service.launch.Banner");

  /// Keys that the start refuses, wherever they ask for what is not there: no silence to break.
  private static final Set<String> REFUSED =
      Set.of("server.grpc_tls_config", "server.http_tls_config");

  /// Keys whose accessors run because a section shares them with one that is used, or because a
  /// page tells what they are.
  private static final Set<String> SPOKEN_OF =
      Set.of(
          "distributor.receivers.opencensus.keepalive.enforcement_policy",
          "distributor.receivers.opencensus.max_concurrent_streams",
          "overrides.user_configurable_overrides.enabled");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.vivace");

  private final Set<String> read = new TreeSet<>();
  private final Set<String> unread = new TreeSet<>();

  /// Sections with further keys that no component names.
  private final Set<String> open = new TreeSet<>();

  KeysWithoutEffectTest() {
    walk(TempoConfig.class, "", true);
  }

  @Test
  void listsEveryKeyThatNothingReads() {
    assertThat(unread)
        .filteredOn(key -> !isBelowOne(key, REFUSED) && !isBelowOne(key, SPOKEN_OF))
        .filteredOn(key -> !isBelowOne(key, KeysWithoutEffect.all()))
        .isEmpty();
  }

  @Test
  void listsNoKeyThatSomethingReads() {
    assertThat(read)
        .filteredOn(key -> !isBelowOne(key, SPOKEN_OF))
        .filteredOn(key -> isBelowOne(key, KeysWithoutEffect.all()))
        .isEmpty();
  }

  @Test
  void listsOnlyKeysThatAreThere() {
    Set<String> keys = new TreeSet<>(read);
    keys.addAll(unread);
    assertThat(KeysWithoutEffect.all())
        .isSorted()
        .allMatch(prefix ->
            open.contains(prefix.substring(0, prefix.lastIndexOf('.') + 1))
                || keys.stream().anyMatch(key -> isAtOrBelow(key, prefix)));
  }

  private static boolean isBelowOne(String key, Collection<String> prefixes) {
    return prefixes.stream().anyMatch(prefix -> isAtOrBelow(key, prefix));
  }

  private static boolean isAtOrBelow(String key, String prefix) {
    return key.equals(prefix) || key.startsWith(prefix + ".");
  }

  private void walk(Class<?> type, String path, boolean pathIsRead) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (isMarked(component, "Rest")) {
        open.add(path);
        continue;
      }
      String key = path + snake(component.getName());
      boolean isRead = pathIsRead && isRead(component);
      Class<?> inside = inside(component.getGenericType());
      if (!inside.isRecord() || inside == Secret.class) {
        (isRead ? read : unread).add(key);
      } else {
        walk(inside, isMarked(component, "Inline") ? path : key + ".", isRead);
      }
    }
  }

  /// The type of a component, of the items of a list, or of the values of a map.
  private static Class<?> inside(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return inside(arguments[arguments.length - 1]);
    }
    return type instanceof Class<?> raw ? raw : Object.class;
  }

  private static boolean isMarked(RecordComponent component, String annotation) {
    return Arrays.stream(component.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getSimpleName().equals(annotation));
  }

  private static boolean isRead(RecordComponent component) {
    JavaClass owner = OURS.get(component.getDeclaringRecord());
    return isRead(owner.getMethod(component.getName()));
  }

  /// Whether a method runs for more than to speak of its key; a method of a record that calls
  /// accessors stands for them.
  private static boolean isRead(JavaCodeUnit method) {
    return method.getAccessesToSelf().stream()
        .map(JavaAccess::getOrigin)
        .anyMatch(reader ->
            reader.getOwner().getPackageName().equals(CONFIG)
                ? reader.getOwner().isRecord() && !reader.equals(method) && isRead(reader)
                : !SPEAKERS.contains(reader.getOwner().getName()));
  }

  private static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
