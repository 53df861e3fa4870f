package io.vivace.querier;

import org.springframework.context.annotation.Configuration;

/// The beans of the querier; imported by the launcher.
@Configuration(proxyBeanMethods = false)
public class QuerierConfiguration {}
