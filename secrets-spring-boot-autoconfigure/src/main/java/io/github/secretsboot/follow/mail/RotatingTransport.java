package io.github.secretsboot.follow.mail;

import java.util.Objects;
import java.util.Properties;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Followed;
import jakarta.mail.MessagingException;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Logs in to a mail server with the credentials in use, and waits for others where the
 * server refuses them.
 */
public class RotatingTransport extends SMTPTransport {

	private static final String CREDENTIALS = "secrets.follow.credentials";

	private final Followed<Credentials> credentials;

	/**
	 * Create a transport.
	 * @param session the session that has the credentials
	 * @param url the server
	 */
	public RotatingTransport(Session session, URLName url) {
		this(session, url, "smtp", false);
	}

	@SuppressWarnings("unchecked")
	RotatingTransport(Session session, URLName url, String protocol, boolean ssl) {
		super(session, url, protocol, ssl);
		this.credentials = (Followed<Credentials>) Objects.requireNonNull(session.getProperties().get(CREDENTIALS));
	}

	/**
	 * Make a session that differs from another one in how it logs in.
	 */
	static Session session(Session other, Followed<Credentials> credentials) throws MessagingException {
		Properties properties = new Properties();
		properties.putAll(other.getProperties());
		properties.put(CREDENTIALS, credentials);
		Session session = Session.getInstance(properties);
		session.setDebug(other.getDebug());
		session.setProvider(provider("smtp", RotatingTransport.class));
		session.setProvider(provider("smtps", Ssl.class));
		return session;
	}

	private static Provider provider(String protocol, Class<? extends RotatingTransport> type) {
		return new Provider(Provider.Type.TRANSPORT, protocol, type.getName(), "secrets-spring-boot", null);
	}

	@Override
	// Whoever waits for a new password must not hold the lock of those who close
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	protected boolean protocolConnect(String host, int port, String username, String password)
			throws MessagingException {
		return this.credentials.attempt((pair) -> super.protocolConnect(host, port, pair.username(), pair.password()));
	}

	/**
	 * The same, encrypted from the beginning.
	 */
	public static final class Ssl extends RotatingTransport {

		/**
		 * Create a transport.
		 * @param session the session that has the credentials
		 * @param url the server
		 */
		public Ssl(Session session, URLName url) {
			super(session, url, "smtps", true);
		}

	}

}
