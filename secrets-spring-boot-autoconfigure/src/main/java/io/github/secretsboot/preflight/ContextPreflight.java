package io.github.secretsboot.preflight;

import io.github.secretsboot.consumers.ConsumerReport;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * With {@code --secrets.preflight=context} the application starts, tells which beans a
 * rotation will not reach, and ends before any runner is called.
 */
class ContextPreflight implements ApplicationListener<ApplicationStartedEvent> {

	private final PreflightExit exit;

	ContextPreflight(PreflightExit exit) {
		this.exit = exit;
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		ConfigurableApplicationContext context = event.getApplicationContext();
		ConsumerReport consumers = context.getBeanProvider(ConsumerReport.class).getIfAvailable();
		boolean good = consumers == null || report(consumers);
		context.close();
		this.exit.exit(good ? 0 : 1);
		throw new SpringApplication.AbandonedRunException(context);
	}

	private static boolean report(ConsumerReport consumers) {
		consumers.search();
		ContextReport report = new ContextReport(consumers.list(), consumers.lastSearch());
		Preflight.print(report);
		return report.isGood();
	}

}
