package io.github.secretsboot.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A self-signed certificate and its key in PEM format, fresh from the JDK's keytool.
 *
 * @param name the name in the certificate
 * @param certificate the certificate
 * @param privateKey the key
 */
record PemFiles(String name, String certificate, String privateKey) {

	private static final String PASSWORD = "fake-password";

	static PemFiles create(Path directory, String name) throws Exception {
		Path file = directory.resolve(name + ".p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=dns:localhost",
				"-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.txt").toFile())
			.start();
		if (keytool.waitFor() != 0) {
			throw new IllegalStateException(Files.readString(directory.resolve("keytool.txt")));
		}
		KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
		X509Certificate certificate = (X509Certificate) keys.getCertificate("server");
		Key key = keys.getKey("server", PASSWORD.toCharArray());
		return new PemFiles(name, pem("CERTIFICATE", certificate.getEncoded()), pem("PRIVATE KEY", key.getEncoded()));
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + type
				+ "-----\n";
	}

}
