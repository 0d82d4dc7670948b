package io.github.secretsboot.clients;

import java.util.ArrayList;
import java.util.List;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/**
 * An entity whose items the database is asked for when somebody looks at them.
 */
@Entity
class Basket {

	@Id
	@GeneratedValue
	private Long id;

	private String token;

	@ElementCollection
	private List<String> items = new ArrayList<>();

	Basket() {
	}

	Basket(String token) {
		this.token = token;
	}

	Long getId() {
		return this.id;
	}

	String getToken() {
		return this.token;
	}

	List<String> getItems() {
		return this.items;
	}

}
