package io.github.secretsboot.follow.security;

import java.util.Iterator;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;

/**
 * Has the current client registrations. Takes the place of Spring Security's own class,
 * which copies them.
 *
 * @param registrations the registrations by their ids
 */
record ReactiveRegistrations(Map<String, ClientRegistration> registrations)
		implements
			ReactiveClientRegistrationRepository,
			Iterable<ClientRegistration> {

	@Override
	public Mono<ClientRegistration> findByRegistrationId(String registrationId) {
		return Mono.fromSupplier(() -> this.registrations.get(registrationId));
	}

	@Override
	public Iterator<ClientRegistration> iterator() {
		return this.registrations.values().iterator();
	}

	/**
	 * Says who is registered, and no secret.
	 */
	@Override
	public String toString() {
		return "ReactiveRegistrations" + this.registrations.keySet();
	}

}
