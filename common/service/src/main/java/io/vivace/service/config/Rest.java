package io.vivace.service.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Takes the known keys of the mapping that no other component names. They are checked against
/// `defaults.yaml`, kept for the status page, and listed at start-up as keys without effect.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Rest {}
