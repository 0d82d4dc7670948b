package io.github.secretsboot.test;

import java.time.Duration;
import java.util.List;

/**
 * The part of a {@link SecretsManagerServer} that makes calls fail and records which
 * calls arrived.
 */
abstract sealed class ServerControls extends RotationOperations permits SecretsManagerServer {

	final FaultScript faults = new FaultScript();

	final CallLog calls = new CallLog();

	ServerControls(Partition partition, SecretStore store) {
		super(partition, store);
	}

	/**
	 * Add a fault. If several faults match the same call, they take turns in the order in
	 * which they were added, except for delays and broken values, which all apply.
	 * @param fault the fault and the calls that it applies to
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
	 * Delay every call.
	 * @param latency the delay
	 */
	public void latency(Duration latency) {
		this.faults.latency(latency);
	}

	/**
	 * End all faults and the latency. Delayed calls are answered now, and the connections
	 * of hanging calls are closed.
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
	 * @return the requests, without values
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
