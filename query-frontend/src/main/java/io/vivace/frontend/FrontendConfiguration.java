package io.vivace.frontend;

import org.springframework.context.annotation.Configuration;

/// The beans of the query-frontend; imported by the launcher.
@Configuration(proxyBeanMethods = false)
public class FrontendConfiguration {}
