package dev.discern.training.job;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets {@link RetrainingSchedules} be checked from time to time. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class RetrainingConfiguration {}
