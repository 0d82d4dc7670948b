package io.github.secretsboot.clients;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;

/**
 * The web servers that applications run on.
 */
enum Server {

	TOMCAT(WebApplicationType.SERVLET, Application.class), NETTY(WebApplicationType.REACTIVE, OnNetty.class);

	private final WebApplicationType type;

	private final Class<?> application;

	Server(WebApplicationType type, Class<?> application) {
		this.type = type;
		this.application = application;
	}

	WebApplicationType type() {
		return this.type;
	}

	Class<?> application() {
		return this.application;
	}

	@EnableAutoConfiguration
	static class Application {

	}

	@EnableAutoConfiguration
	static class OnNetty {

		@Bean
		NettyReactiveWebServerFactory webServerFactory() {
			return new NettyReactiveWebServerFactory();
		}

	}

}
