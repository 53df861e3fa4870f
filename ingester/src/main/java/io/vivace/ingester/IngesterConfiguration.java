package io.vivace.ingester;

import org.springframework.context.annotation.Configuration;

/// The beans of the ingester; imported by the launcher.
@Configuration(proxyBeanMethods = false)
public class IngesterConfiguration {}
