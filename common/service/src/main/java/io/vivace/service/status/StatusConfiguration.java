package io.vivace.service.status;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vivace.ring.Ring;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.launch.BuildInfo;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.launch.Target;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.metrics.Metrics;
import io.vivace.service.overrides.FileOverrides;
import io.vivace.service.ring.RingKeys;
import io.vivace.service.ring.SharedRings;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// The pages about the process, for every target.
@Configuration(proxyBeanMethods = false)
public class StatusConfiguration {
  @Bean
  BuildInfo buildInfo(Metrics metrics) {
    BuildInfo build = BuildInfo.current();
    metrics
        .gauge(
            "tempo_build_info",
            "A metric with a constant '1' value labeled by version, revision, branch, goversion"
                + " from which tempo was built, and the goos and goarch for the build.",
            "branch",
            "goarch",
            "goos",
            "goversion",
            "revision",
            "tags",
            "version")
        .labelValues(
            "main",
            build.platform().replaceFirst(".*/", ""),
            build.platform().replaceFirst("/.*", ""),
            "java" + build.java(),
            build.revision(),
            "vivace-" + build.product(),
            build.compatible())
        .set(1);
    return build;
  }

  @Bean
  StatusPages statusPages(
      TempoConfig config,
      Readiness readiness,
      FileOverrides overrides,
      BuildInfo build,
      ObjectProvider<RouterFunction<?>> routers,
      ObjectProvider<ServletRegistrationBean<?>> servlets) {
    return new StatusPages(config, readiness, overrides, build, () -> paths(routers, servlets));
  }

  private static Set<String> paths(
      ObjectProvider<RouterFunction<?>> routers,
      ObjectProvider<ServletRegistrationBean<?>> servlets) {
    RouteList routes = new RouteList();
    routers.forEach(router -> router.accept(routes));
    Set<String> paths = new TreeSet<>(routes.paths());
    servlets.forEach(servlet -> paths.addAll(servlet.getUrlMappings()));
    return paths;
  }

  @Bean
  RouterFunction<ServerResponse> operationalRoutes(
      TempoConfig config,
      Readiness readiness,
      PrometheusRegistry registry,
      StatusPages pages,
      FileOverrides overrides,
      Clock clock,
      BuildInfo build) {
    RouterFunctions.Builder routes = RouterFunctions.route();
    Answers.any(
        routes,
        "/ready",
        request ->
            readiness
                .reason()
                .map(reason -> Answers.error(503, reason))
                .orElseGet(() -> Answers.error(200, "ready")));
    MetricsPage metrics = new MetricsPage(registry);
    Answers.any(routes, "/metrics", metrics::answer);
    OverridesPages limits =
        new OverridesPages(overrides, config.overrides().userConfigurableOverrides(), clock);
    Answers.only(routes, HttpMethod.GET, "/status", pages::all);
    Answers.only(routes, HttpMethod.GET, "/status/overrides", limits::tenants);
    Answers.only(routes, HttpMethod.GET, "/status/overrides/{tenant}", limits::tenant);
    String prefix = apiPrefix(config);
    Answers.only(
        routes, HttpMethod.GET, prefix + "/api/status/buildinfo", request -> buildInfo(build));
    Answers.any(routes, "/log_level", LogLevelPage::page);
    return routes.build();
  }

  /// The pages of single services.
  @Bean
  RouterFunction<ServerResponse> serviceRoutes(
      TempoConfig config,
      LaunchOptions options,
      Ring ingesterRing,
      Ring distributorRing,
      Ring compactorRing,
      SharedRings shared,
      StatusPages pages,
      Clock clock) {
    Target target = options.target();
    RouterFunctions.Builder routes = RouterFunctions.route();
    RingPages rings = new RingPages(clock, shared);
    RingKeys keys = RingKeys.of(config);
    if (runs(target, Target.QUERY_FRONTEND)) {
      String prefix = apiPrefix(config);
      Answers.any(routes, prefix + "/api/echo", request -> Answers.error(200, "echo"));
      Answers.any(routes, prefix + "/status/usage-stats", request -> usageStats());
    }
    Answers.only(routes, HttpMethod.GET, "/status/{endpoint}", pages::one);
    if (runs(target, Target.DISTRIBUTOR)
        || runs(target, Target.QUERIER)
        || runs(target, Target.INGESTER)) {
      Answers.any(
          routes, "/ingester/ring", request -> rings.page(request, ingesterRing, keys.ingester()));
    }
    if (runs(target, Target.COMPACTOR) && !config.compactor().ring().kvstore().store().isEmpty()) {
      Answers.any(
          routes,
          "/compactor/ring",
          request -> rings.page(request, compactorRing, keys.compactor()));
    }
    if (runs(target, Target.DISTRIBUTOR)
        && config.overrides().defaults().ingestion().rateStrategy().equals("global")) {
      Answers.any(
          routes,
          "/distributor/ring",
          request -> rings.page(request, distributorRing, keys.distributor()));
    }
    if (runs(target, Target.INGESTER)) {
      Answers.any(
          routes,
          "/ingester/prepare-partition-downscale",
          request -> ServerResponse.status(405).build());
    }
    MemberlistPage memberlist = new MemberlistPage(shared, ingesterRing, clock);
    Answers.any(routes, "/memberlist", memberlist::page);
    return routes.build();
  }

  private static boolean runs(Target target, Target service) {
    return target == Target.ALL || target == service;
  }

  /// Nothing is ever reported, whatever the configuration says.
  private static ServerResponse usageStats() {
    return Answers.error(200, "usage-stats is not enabled");
  }

  private static ServerResponse buildInfo(BuildInfo build) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("version", build.compatible());
    info.put("revision", build.revision());
    info.put("branch", "main");
    info.put("buildUser", "vivace");
    info.put("buildDate", "");
    info.put("goVersion", "java" + build.java());
    info.put("product", "vivace");
    info.put("productVersion", build.product());
    return Answers.json(Json.of(info) + "\n");
  }

  private static String apiPrefix(TempoConfig config) {
    String stripped = config.httpApiPrefix().replaceAll("/+$", "");
    return stripped.isEmpty() || stripped.startsWith("/") ? stripped : "/" + stripped;
  }
}
