package io.github.secretsboot.test;

import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Knows who answers which operation.
 */
final class Dispatcher {

	private final Partition partition;

	private final Map<Operation, Handler> handlers = new EnumMap<>(Operation.class);

	Dispatcher(Partition partition) {
		this.partition = partition;
		ReplicationHandlers replication = new ReplicationHandlers(partition.replicator());
		replication.addTo(this.handlers);
		new SecretHandlers(replication).addTo(this.handlers);
		new VersionHandlers().addTo(this.handlers);
		new TagHandlers().addTo(this.handlers);
		new PolicyHandlers().addTo(this.handlers);
		this.handlers.put(Operation.BATCH_GET_SECRET_VALUE, new BatchHandler());
		this.handlers.put(Operation.ROTATE_SECRET, new RotateHandler(partition));
		this.handlers.put(Operation.CANCEL_ROTATE_SECRET, new CancelRotateHandler());
		this.handlers.put(Operation.LIST_SECRETS, new ListHandler());
		this.handlers.put(Operation.GET_RANDOM_PASSWORD, new PasswordHandler());
	}

	@Nullable ObjectNode answer(Call call) {
		Handler handler = this.handlers.get(call.operation());
		if (handler == null) {
			throw AwsError.internal();
		}
		return !handler.isAtomic() ? handler.answer(call) : this.partition.atomically(() -> {
			Access.check(call);
			return handler.answer(call);
		});
	}

}
