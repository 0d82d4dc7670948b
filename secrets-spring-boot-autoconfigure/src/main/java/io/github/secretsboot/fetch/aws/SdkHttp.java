package io.github.secretsboot.fetch.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

import org.springframework.util.StringUtils;

/**
 * The SDK's smallest HTTP client on {@link HttpConnections}, with the proxy that the
 * client would find if it opened its connections itself.
 */
final class SdkHttp {

	private SdkHttp() {
	}

	static SdkHttpClient create() {
		ProxyConfiguration proxy = ProxyConfiguration.builder().build();
		return UrlConnectionHttpClient.create((uri) -> open(uri, proxy));
	}

	private static HttpURLConnection open(URI uri, ProxyConfiguration proxy) {
		try {
			return isFor(proxy, uri) ? openProxied(uri.toURL(), proxy)
					: HttpConnections.protect(uri.toURL().openConnection());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isFor(ProxyConfiguration proxy, URI uri) {
		String host = uri.getHost().toLowerCase(Locale.ROOT);
		return StringUtils.hasLength(proxy.host()) && proxy.nonProxyHosts().stream().noneMatch(host::matches);
	}

	private static HttpURLConnection openProxied(URL url, ProxyConfiguration proxy) throws IOException {
		InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
		HttpURLConnection connection = HttpConnections.protect(url.openConnection(new Proxy(Proxy.Type.HTTP, address)));
		if (StringUtils.hasLength(proxy.username()) && StringUtils.hasLength(proxy.password())) {
			String credentials = proxy.username() + ":" + proxy.password();
			connection.setRequestProperty("Proxy-Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
		}
		return connection;
	}

}
