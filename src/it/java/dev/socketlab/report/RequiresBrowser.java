package dev.socketlab.report;

import dev.socketlab.gate.Gate;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test opens pages in a Chromium that node drives with playwright-core, and asks axe-core. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Gate(BrowserDetector.class)
@interface RequiresBrowser {}
