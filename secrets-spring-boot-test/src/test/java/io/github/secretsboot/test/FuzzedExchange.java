package io.github.secretsboot.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;

/**
 * A request without a connection, and what it was answered.
 */
class FuzzedExchange extends HttpExchange {

	private final Headers requestHeaders = new Headers();

	private final Headers responseHeaders = new Headers();

	private final ByteArrayOutputStream responseBody = new ByteArrayOutputStream();

	private final byte[] requestBody;

	private int status;

	FuzzedExchange(byte[] requestBody) {
		this.requestBody = requestBody;
	}

	int status() {
		return this.status;
	}

	@Override
	public Headers getRequestHeaders() {
		return this.requestHeaders;
	}

	@Override
	public Headers getResponseHeaders() {
		return this.responseHeaders;
	}

	@Override
	public URI getRequestURI() {
		return URI.create("/");
	}

	@Override
	public String getRequestMethod() {
		return "POST";
	}

	@Override
	public HttpContext getHttpContext() {
		return null;
	}

	@Override
	public void close() {
	}

	@Override
	public InputStream getRequestBody() {
		return new ByteArrayInputStream(this.requestBody);
	}

	@Override
	public OutputStream getResponseBody() {
		return this.responseBody;
	}

	@Override
	public void sendResponseHeaders(int status, long length) {
		this.status = status;
	}

	@Override
	public InetSocketAddress getRemoteAddress() {
		return null;
	}

	@Override
	public int getResponseCode() {
		return this.status;
	}

	@Override
	public InetSocketAddress getLocalAddress() {
		return null;
	}

	@Override
	public String getProtocol() {
		return "HTTP/1.1";
	}

	@Override
	public Object getAttribute(String name) {
		return null;
	}

	@Override
	public void setAttribute(String name, Object value) {
	}

	@Override
	public void setStreams(InputStream input, OutputStream output) {
	}

	@Override
	public HttpPrincipal getPrincipal() {
		return null;
	}

}
