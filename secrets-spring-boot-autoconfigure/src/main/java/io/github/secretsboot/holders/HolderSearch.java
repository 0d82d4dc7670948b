package io.github.secretsboot.holders;

import java.util.Collection;
import java.util.function.LongSupplier;

/**
 * Finds the places in an application that hold certain values: looks through all objects
 * that its beans reach, for the values themselves, in several forms.
 * <p>
 * Calls no method of the application: no getter, {@code equals}, {@code hashCode} or
 * {@code toString}, and no iterator of a collection that is not the JDK's. Creates,
 * initializes, resolves and changes nothing, and takes no lock, so that it can run beside
 * everything else. Keeps nothing when it is over.
 * <p>
 * Passes over what nobody uses as a credential: property sources, bean factories,
 * loggers, threads, buffers, exceptions, descriptions of classes, and all of this library
 * but snapshots that the application has kept. Does not see local variables, what is
 * static in a class of which no object is reached, what is in no text, characters or
 * bytes, such as a hash, and the defaults of {@code Properties}. What the JDK keeps to
 * itself, such as the key in a {@code javax.crypto.Mac}, tasks of an executor or a
 * synchronized map, is counted; an {@code --add-opens} opens it.
 * <p>
 * For any number of threads, one search each.
 */
public final class HolderSearch {

	private final SearchBudget budget;

	private final LongSupplier nanoTime;

	/**
	 * Create a search.
	 * @param budget how far it goes
	 */
	public HolderSearch(SearchBudget budget) {
		this(budget, System::nanoTime);
	}

	HolderSearch(SearchBudget budget, LongSupplier nanoTime) {
		this.budget = budget;
		this.nanoTime = nanoTime;
	}

	/**
	 * Search on this thread. Ends early, and says so, when the budget is spent or the
	 * thread is interrupted.
	 * @param roots where to begin
	 * @param values what to look for
	 * @return what was found
	 */
	public HolderReport search(Collection<Root> roots, SoughtValues values) {
		Walk walk = new Walk(values.finder(), new PublicNames(values), new BudgetMeter(this.budget, this.nanoTime));
		return walk.from(roots, values.unsought());
	}

}
