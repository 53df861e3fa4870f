package io.vivace.service.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A map of every instance of one type: the keys `type` and `type/name` of the surrounding mapping,
/// as the collector names its components. Empty when none is there.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Instances {}
