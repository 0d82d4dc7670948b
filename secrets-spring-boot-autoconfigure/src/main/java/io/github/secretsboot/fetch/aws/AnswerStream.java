package io.github.secretsboot.fetch.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;

/**
 * The body of an answer, up to the size that it can have. Whoever plays Secrets Manager
 * cannot fill the memory of the application.
 */
public final class AnswerStream extends FilterInputStream {

	/** 64 KiB are the largest secret, of which JSON may make six bytes each. */
	static final int MAX_SECRET = 512 * 1024;

	/**
	 * 20 of the largest secrets. If JSON makes much more of them, they are read singly.
	 */
	static final int MAX_BATCH = 2 * 1024 * 1024;

	/** A code and a sentence. */
	private static final int MAX_ERROR = 64 * 1024;

	private final int limit;

	private int count;

	private AnswerStream(InputStream in, int limit) {
		super(in);
		this.limit = limit;
	}

	/**
	 * Limit the body of an answer.
	 * @param in the body
	 * @param status the status of the answer
	 * @param limit the bytes that it may have if it is no error
	 * @return the body as far as it may be read
	 */
	public static AnswerStream of(InputStream in, int status, int limit) {
		return new AnswerStream(in, (status == HttpURLConnection.HTTP_OK) ? limit : MAX_ERROR);
	}

	@Override
	public int read() throws IOException {
		int next = this.in.read();
		count((next != -1) ? 1 : 0);
		return next;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		int read = this.in.read(buffer, offset, length);
		count(read);
		return read;
	}

	private void count(int read) throws TooLargeException {
		this.count += Math.max(0, read);
		if (this.count > this.limit) {
			throw new TooLargeException(this.limit);
		}
	}

	/**
	 * Says that an answer is too large, and nothing of what is in it.
	 */
	public static final class TooLargeException extends IOException {

		private static final long serialVersionUID = 1L;

		private TooLargeException(int limit) {
			super("the answer is larger than " + limit / 1024 + " KiB");
		}

	}

}
