package io.github.secretsboot.clients;

import java.util.List;
import java.util.Map;

import io.github.secretsboot.holders.BeanRoots;
import io.github.secretsboot.holders.HolderSearch;
import io.github.secretsboot.holders.SearchBudget;
import io.github.secretsboot.holders.SoughtValues;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Looks for beans from which a value can be reached.
 */
final class Holders {

	private Holders() {
	}

	static List<String> of(ConfigurableApplicationContext context, String value) {
		return new HolderSearch(SearchBudget.DEFAULT)
			.search(BeanRoots.of(context.getBeanFactory()), SoughtValues.of(Map.of("value", value), List.of()))
			.holders()
			.stream()
			.map((holder) -> holder.bean() + " " + holder.member())
			.toList();
	}

}
