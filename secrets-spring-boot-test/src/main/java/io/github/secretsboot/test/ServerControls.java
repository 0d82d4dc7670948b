package io.github.secretsboot.test;

import java.time.Duration;
import java.util.List;

/**
 * The part of a {@link SecretsManagerServer} that makes calls go wrong and tells which
 * arrived.
 */
abstract sealed class ServerControls extends RotationOperations permits SecretsManagerServer {

	final FaultScript faults = new FaultScript();

	final CallLog calls = new CallLog();

	ServerControls(Partition partition, SecretStore store) {
		super(partition, store);
	}

	/**
	 * Let calls go wrong. Faults add up: several that match the same call take turns in
	 * the order in which they were given, except for delays and broken values, which all
	 * apply.
	 * @param fault what goes wrong, and for which calls
	 */
	public void fail(Fault fault) {
		this.faults.add(fault);
	}

	/**
	 * Deny access to secrets, in a batch too.
	 * @param secrets the secrets, which need not exist
	 */
	public void deny(String... secrets) {
		fail(Fault.denied().on(secrets));
	}

	/**
	 * Deny operations, whatever the secret.
	 * @param operations the operations
	 */
	public void deny(Operation... operations) {
		fail(Fault.denied().on(operations));
	}

	/**
	 * Throttle the next calls.
	 * @param times how many
	 */
	public void throttle(int times) {
		fail(Fault.throttled().times(times));
	}

	/**
	 * Let every call take its time.
	 * @param latency how long
	 */
	public void latency(Duration latency) {
		this.faults.latency(latency);
	}

	/**
	 * End all faults and the latency. Calls that wait for their delay are answered now,
	 * the connections of calls that hang are closed.
	 */
	public void heal() {
		this.faults.heal();
	}

	/**
	 * Count the calls.
	 * @return how many calls arrived, those that failed included
	 */
	public int calls() {
		return this.calls.count((request) -> true);
	}

	/**
	 * Count the calls of an operation.
	 * @param operation the operation
	 * @return how many calls arrived, those that failed included
	 */
	public int calls(Operation operation) {
		return this.calls.count((request) -> request.operation() == operation);
	}

	/**
	 * Count the calls of an operation that name a secret, whether by name or by ARN.
	 * @param operation the operation
	 * @param secret the secret
	 * @return how many calls arrived, those that failed included
	 */
	public int calls(Operation operation, String secret) {
		return this.calls.count((request) -> request.operation() == operation && request.names(secret));
	}

	/**
	 * Return the requests behind the {@linkplain #calls() calls}, in the order of
	 * arrival.
	 * @return the requests, which carry no values
	 */
	public List<RecordedRequest> requests() {
		return this.calls.requests();
	}

	/**
	 * Forget the calls so far.
	 */
	public void resetCalls() {
		this.calls.reset();
	}

}
