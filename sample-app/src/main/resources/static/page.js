"use strict";

const WINDOW = 60; // seconds that the chart shows
const COLOURS = 6;
const LATEST = 5; // happenings that are listed
const SVG = "http://www.w3.org/2000/svg";
const CAN_MOVE = matchMedia("(prefers-reduced-motion: no-preference)");

const REASONS = {
	"throttled": "AWS throttles the calls",
	"unreachable": "AWS does not answer",
	"timed-out": "AWS does not answer in time",
	"malformed": "its JSON is broken",
	"rejected": "the application refused the new version",
	"access-denied": "AWS denies access",
	"not-found": "AWS does not find it",
	"decryption-failed": "AWS cannot decrypt it",
	"marked-for-deletion": "it is marked for deletion",
	"expired-credentials": "the credentials have expired",
	"no-credentials": "there are no credentials",
	"service-error": "AWS reports an error"
};

const byId = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat("en");
const dollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });

let state = null;
let skew = 0; // by how much the server's clock is ahead of this one
let lost = false;

/* Words */

const plural = (count, one, many = `${one}s`) => `${numbers.format(count)} ${count === 1 ? one : many}`;

function duration(millis) {
	const seconds = Math.max(0, Math.round(millis / 1000));
	if (seconds < 60) {
		return `${seconds} s`;
	}
	if (seconds < 3600) {
		return `${Math.floor(seconds / 60)} min`;
	}
	if (seconds < 2 * 86400) {
		return `${Math.floor(seconds / 3600)} h`;
	}
	return plural(Math.floor(seconds / 86400), "day");
}

const now = () => Date.now() + skew;
const since = (instant) => now() - Date.parse(instant);
const ago = (instant) => since(instant) < 1000 ? "just now" : `${duration(since(instant))} ago`;
const ahead = (instant) => -since(instant) < 500 ? "now" : `in ${duration(-since(instant))}`;
const short = (versionId) => versionId.length > 12 ? versionId.slice(0, 8) : versionId;
const reason = (code) => REASONS[code] ?? code;

/* Elements */

function put(id, text) {
	const element = typeof id === "string" ? byId(id) : id;
	if (element.textContent !== text) {
		element.textContent = text;
	}
}

function make(name, attributes = {}, ...children) {
	const element = document.createElement(name);
	fill(element, attributes, children);
	return element;
}

function draw(name, attributes = {}, ...children) {
	const element = document.createElementNS(SVG, name);
	fill(element, attributes, children);
	return element;
}

function fill(element, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		element.setAttribute(name, value);
	}
	element.append(...children);
}

/** Replaces the children only if they differ, so that focus, selection and scroll position stay. */
function renew(id, children) {
	const parent = byId(id);
	const next = document.createElement(parent.tagName);
	next.append(...children);
	if (parent.innerHTML !== next.innerHTML) {
		parent.replaceChildren(...next.childNodes);
	}
}

let lastWords = "";

function say(words) {
	if (words !== lastWords) {
		lastWords = words;
		put("announcer", words);
	}
}

/* What the page shows */

function show() {
	if (state === null) {
		return;
	}
	showFacts();
	showChart();
	showControls();
	showSources();
	showConsumers();
	showHappenings();
}

function showFacts() {
	const { charges, secrets } = state;
	put("accepted", numbers.format(charges.accepted));
	put("rate", `${numbers.format(rate())} a second`);
	put("failed", numbers.format(charges.failed));
	put("failed-note", charges.failed === 0 ? "none since the start" : "since the start");
	byId("failed-fact").classList.toggle("is-bad", charges.failed > 0);
	const last = rotations().at(-1);
	put("rotations", numbers.format(state.rotations));
	put("rotations-note", last ? `the last in use after ${lag(last)}` : "none since the start");
	put("key", state.key);
	const use = charges.keys.find((candidate) => candidate.key === state.key);
	put("key-note", use ? `${plural(use.accepted, "charge")} with it` : "not used yet");
	const calls = Object.values(secrets.calls).reduce((sum, count) => sum + count, 0);
	put("calls", numbers.format(calls));
	put("cost", `about ${dollars.format(secrets.projectedMonthlyCost)} a month`);
}

const rotations = () => state.happenings.filter((happening) => happening.kind === "rotated");
const lag = (happening) => happening.lagMillis === undefined ? "an unknown time"
	: `${(happening.lagMillis / 1000).toFixed(1)} s`;

/** Of the last five whole seconds, or of those since the first charge. */
function rate() {
	const newest = Math.floor(Date.parse(state.now) / 1000) - 1;
	const first = state.charges.seconds[0]?.at ?? newest;
	const span = Math.min(5, Math.max(1, newest - first));
	const recent = state.charges.seconds.filter((second) => second.at <= newest && second.at > newest - span);
	return Math.round(recent.reduce((sum, second) => sum + total(second), 0) / span);
}

const total = (second) => Object.values(second.accepted).reduce((sum, count) => sum + count, second.failed);

/* The chart */

const chart = byId("chart");
const MARGIN = { top: 30, right: 8, bottom: 26, left: 30 };

function showChart() {
	const box = chart.getBoundingClientRect();
	const width = Math.max(240, Math.round(box.width));
	const height = Math.max(160, Math.round(box.height));
	const newest = Math.floor(Date.parse(state.now) / 1000) - 1;
	const oldest = newest - WINDOW + 1;
	const seconds = state.charges.seconds.filter((second) => second.at >= oldest && second.at <= newest);
	const step = (width - MARGIN.left - MARGIN.right) / WINDOW;
	const bottom = height - MARGIN.bottom;
	const top = roundUp(Math.max(4, ...seconds.map(total)));
	const x = (at) => MARGIN.left + (at - oldest) * step;
	const y = (count) => bottom - (bottom - MARGIN.top) * count / top;

	const frame = draw("g");
	for (const count of [top / 2, top]) {
		frame.append(draw("line", { class: "grid", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(count), y2: y(count) }),
			draw("text", { x: MARGIN.left - 8, y: y(count) + 4, "text-anchor": "end" }, String(count)));
	}
	frame.append(draw("text", { x: MARGIN.left - 8, y: bottom + 4, "text-anchor": "end" }, "0"),
		draw("line", { class: "axis", x1: MARGIN.left, x2: width - MARGIN.right, y1: bottom, y2: bottom }),
		draw("text", { x: MARGIN.left, y: height - 6 }, "1 min ago"),
		draw("text", { x: (MARGIN.left + width - MARGIN.right) / 2, y: height - 6, "text-anchor": "middle" }, "30 s ago"),
		draw("text", { x: width - MARGIN.right, y: height - 6, "text-anchor": "end" }, "now"));

	const moving = draw("g", { id: "bars" });
	troubles(oldest, newest).forEach((trouble) => moving.append(...drawTrouble(trouble, x, bottom)));
	seconds.forEach((second) => moving.append(...drawSecond(second, x(second.at), step, y)));
	moving.append(...drawRotations(oldest, x, bottom, width));

	const clip = draw("clipPath", { id: "plot" }, draw("rect", { x: MARGIN.left, y: 0, width: width - MARGIN.left, height: bottom + 1 }));
	chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
	chart.replaceChildren(byId("chart-title"), byId("chart-description"), clip, frame,
		draw("g", { "clip-path": "url(#plot)" }, moving));
	slide(moving, newest, step);
	showLegend(seconds);
	describe(seconds);
	showKeys();
}

let shown = 0;

/** The plot moves on by one second in one second. */
function slide(group, newest, step) {
	if (CAN_MOVE.matches && newest === shown + 1) {
		group.animate([{ transform: `translateX(${step}px)` }, { transform: "none" }], { duration: 950, easing: "linear" });
	}
	shown = newest;
}

function roundUp(count) {
	return Math.ceil(count * 1.3 / 4) * 4;
}

const numberOf = (key) => state.charges.keys.find((use) => use.key === key)?.number;
const colour = (key) => `key-${(numberOf(key) ?? 0) % COLOURS}`;

function drawSecond(second, left, step, y) {
	const gap = step > 4 ? 1.2 : 0.5;
	const bars = [];
	let below = 0;
	const parts = Object.entries(second.accepted)
		.sort(([one], [other]) => (numberOf(one) ?? -1) - (numberOf(other) ?? -1))
		.map(([key, count]) => [colour(key), count]);
	if (second.failed > 0) {
		parts.push(["failed", second.failed]);
	}
	for (const [style, count] of parts) {
		bars.push(draw("rect", { class: style, x: left, y: y(below + count), width: step - gap, height: y(below) - y(below + count) }));
		below += count;
	}
	return bars;
}

/** From when until when a secret could not be checked. */
function troubles(oldest, newest) {
	const found = [];
	const open = new Map();
	for (const happening of state.happenings) {
		const at = Date.parse(happening.at) / 1000;
		const began = open.get(happening.secret);
		if (began) {
			found.push({ ...began, to: at });
			open.delete(happening.secret);
		}
		if (happening.kind === "failing") {
			open.set(happening.secret, { from: at, reason: happening.reason });
		}
	}
	open.forEach((began) => found.push({ ...began, to: newest + 1 }));
	return found.map((trouble) => ({ ...trouble, from: Math.max(trouble.from, oldest), to: Math.min(trouble.to, newest + 1) }))
		.filter((trouble) => trouble.to > trouble.from);
}

function drawTrouble(trouble, x, bottom) {
	const width = x(trouble.to) - x(trouble.from);
	const drawn = [draw("rect", { class: "trouble", x: x(trouble.from), y: MARGIN.top - 8, width, height: bottom - MARGIN.top + 8 })];
	if (width > 80) {
		drawn.push(draw("text", { class: "trouble-text", x: x(trouble.from) + 6, y: MARGIN.top + 16 }, trouble.reason));
	}
	return drawn;
}

function drawRotations(oldest, x, bottom, width) {
	const drawn = [];
	let free = Infinity;
	for (const rotation of rotations().reverse()) {
		const at = Date.parse(rotation.at) / 1000;
		if (at < oldest) {
			continue;
		}
		const left = x(at);
		drawn.push(draw("line", { class: "rotation", x1: left, x2: left, y1: MARGIN.top - 8, y2: bottom }));
		const text = "rotated";
		const size = 58;
		const start = Math.min(Math.max(left - size / 2, MARGIN.left), width - MARGIN.right - size);
		if (start + size + 4 < free) {
			drawn.push(draw("rect", { class: "flag", x: start, y: 2, width: size, height: 20, rx: 6 }),
				draw("text", { class: "flag-text", x: start + size / 2, y: 16, "text-anchor": "middle" }, text));
			free = start;
		}
	}
	return drawn;
}

function showLegend(seconds) {
	const used = new Set(seconds.flatMap((second) => Object.keys(second.accepted)));
	const items = state.charges.keys.filter((use) => used.has(use.key)).slice(-4)
		.map((use) => make("li", {}, make("span", { class: `swatch ${colour(use.key)}` }), make("span", { class: "code" }, use.key)));
	if (seconds.some((second) => second.failed > 0)) {
		items.push(make("li", {}, make("span", { class: "swatch key-failed" }), "failed"));
	}
	renew("legend", items);
}

function describe(seconds) {
	const accepted = seconds.reduce((sum, second) => sum + total(second) - second.failed, 0);
	const failed = seconds.reduce((sum, second) => sum + second.failed, 0);
	const keys = new Set(seconds.flatMap((second) => Object.keys(second.accepted)));
	put("chart-description", seconds.length === 0 ? "No charges in the last minute."
		: `${plural(accepted, "charge")} with ${plural(keys.size, "key")}, ${failed === 0 ? "none" : numbers.format(failed)} failed.`);
}

function showKeys() {
	renew("keys", state.charges.keys.slice().reverse().map((use) => make("tr", {},
		make("td", { class: "code" }, use.key), make("td", { class: "number" }, numbers.format(use.accepted)),
		make("td", {}, clock(use.firstUsedAt)), make("td", {}, since(use.lastUsedAt) < 3000 ? "now" : clock(use.lastUsedAt)))));
}

const clock = (instant) => new Date(instant).toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

/* Secrets, consumers, happenings */

function showSources() {
	renew("sources", state.secrets.sources.map((source) => {
		const head = make("div", { class: "source-head" }, make("span", { class: "code" }, source.name), pill(source.state, source.state));
		const facts = make("dl");
		const fact = (name, text, style = "") => facts.append(make("div", {}, make("dt", {}, name), make("dd", { class: style }, text)));
		if (source.versionId) {
			fact("Version", short(source.versionId), "code");
		}
		if (source.createdDate) {
			fact("Age", duration(since(source.createdDate)));
		}
		if (source.lastCheckedAt) {
			fact("Checked", ago(source.lastCheckedAt));
		}
		fact("Next check", source.nextCheckAt ? ahead(source.nextCheckAt) : "on request only");
		if (source.properties) {
			fact("Properties", source.properties.slice().sort().join(", "), "names");
		}
		const item = make("li", {}, head, facts);
		if (source.failure) {
			item.append(make("p", { class: "why" }, `For ${duration(since(source.failure.since))}: ${reason(source.failure.reason)} (${source.failure.reason}). `
				+ (source.versionId ? "The last good values stay in use." : "")));
		}
		return item;
	}));
}

const pill = (style, text) => make("span", { class: "pill", "data-state": style }, make("span", { class: "dot", "aria-hidden": "true" }), text);

function showConsumers() {
	const consumers = state.secrets.consumers;
	renew("consumers", consumers.length === 0 ? [make("li", {}, "Nobody was found.")] : consumers.map((consumer) => make("li", {},
		make("div", { class: "what" }, make("span", { class: "code" }, `${consumer.bean}.${consumer.member}`),
			make("small", {}, consumer.properties.join(", ")),
			make("small", {}, consumer.outdated ? "Still has the old value." : consumer.mode === "live" ? "Gets the new value with each rotation." : "Keeps its value until a restart.")),
		pill(consumer.outdated ? "stale" : consumer.mode === "live" ? "current" : "frozen", consumer.outdated ? "outdated" : consumer.mode))));
}

function words(happening) {
	switch (happening.kind) {
		case "rotated":
			return [`Version ${short(happening.newVersionId)} in use`, `${happening.properties.join(", ")}; ${lag(happening)} after it was created`];
		case "failing":
			return ["Cannot be checked", `${reason(happening.reason)} (${happening.reason}); the last good values stay`];
		default:
			return ["Confirmed again", "The version in use is the current one"];
	}
}

function showHappenings() {
	const several = state.secrets.sources.length > 1;
	renew("happenings", state.happenings.length === 0 ? [make("li", {}, "Nothing yet: the secrets are as they were at the start.")]
		: state.happenings.slice(-LATEST).reverse().map((happening) => {
			const [what, more] = words(happening);
			return make("li", {}, make("div", { class: "what" }, what, ...(several ? [make("small", {}, happening.secret)] : []), make("small", {}, more)),
				make("time", { datetime: happening.at }, clock(happening.at)));
		}));
}

/* Controls */

function showControls() {
	const controls = state.controls;
	document.querySelectorAll("[data-needs=controls]").forEach((control) => { control.hidden = !controls; });
	document.querySelectorAll("[data-disturbance]").forEach((control) => {
		const found = controls?.disturbances.find((disturbance) => disturbance.name === control.dataset.disturbance);
		const button = control.querySelector("button");
		control.hidden = !found;
		button.classList.toggle("is-on", Boolean(found?.on));
		put(button, found?.on ? button.dataset.on : button.dataset.off);
	});
	if (controls) {
		enable(byId("rotate"), controls.canRotate && !busy.has("rotate"));
		put("load", controls.load.on ? "Pause the load" : "Resume the load");
		put("load-note", controls.load.on ? `Customers charge ${plural(controls.load.perSecond, "time")} a second.` : "No customers at present.");
		put("rotate-note", controls.canRotate ? "Puts a new Stripe key into the secret. Stripe accepts the old one for another minute."
			: "Nobody can while AWS takes no calls.");
		put("lead", "A Spring Boot application charges test cards with a Stripe key from AWS Secrets Manager. "
			+ "Rotate the key, make AWS throttle, take the region down: the charges go on.");
	}
}

const busy = new Set();

/** A button that cannot be used keeps the focus, so it is only said to be disabled. */
function enable(button, enabled) {
	button.setAttribute("aria-disabled", String(!enabled));
}

async function send(method, path, body) {
	const response = await fetch(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
	const text = await response.text();
	const answer = text ? JSON.parse(text) : {};
	if (!response.ok) {
		throw Object.assign(new Error(answer.detail ?? `The application answered ${response.status}`), { answer });
	}
	return answer;
}

function onClick(button, action) {
	button.addEventListener("click", async () => {
		if (button.getAttribute("aria-disabled") === "true") {
			return;
		}
		const name = button.id || button.closest("[data-disturbance]").dataset.disturbance;
		busy.add(name);
		enable(button, false);
		try {
			await action();
		}
		catch (error) {
			say(error.answer ? error.message : "The application does not answer");
		}
		finally {
			busy.delete(name);
			enable(button, true);
			show();
		}
	});
}

onClick(byId("rotate"), () => send("POST", "playground/rotations"));

onClick(byId("refresh"), async () => {
	put("refresh-note", "Checking…");
	try {
		const { changed, failed } = await send("POST", "actuator/secrets");
		put("refresh-note", changed.length > 0 ? `${plural(changed.length, "secret")} changed.`
			: failed.length > 0 ? `${plural(failed.length, "secret")} could not be checked.` : "Checked: nothing new.");
		say(byId("refresh-note").textContent);
	}
	catch (error) {
		put("refresh-note", "The application does not answer.");
		throw error;
	}
});

onClick(byId("load"), () => send("PUT", "playground/load", { on: !state.controls.load.on }));

document.querySelectorAll("[data-disturbance]").forEach((control) => {
	onClick(control.querySelector("button"), () => send("PUT", `playground/disturbances/${control.dataset.disturbance}`,
		{ on: !state.controls.disturbances.find((disturbance) => disturbance.name === control.dataset.disturbance).on }));
});

onClick(byId("charge"), async () => {
	const note = byId("result");
	try {
		const charge = await send("POST", "charges", { amount: 1999, currency: "eur" });
		put(note, `${charge.status}: ${charge.id} with key ${charge.key}`);
		note.className = "is-good";
	}
	catch (error) {
		put(note, error.answer ? `${error.message} (${error.answer.code ?? "no code"})` : "The application does not answer");
		note.className = "is-bad";
	}
	say(note.textContent);
});

/* Speaks when something changes that a person would look up for, and only then */

function announce(before) {
	if (before === null) {
		return;
	}
	if (state.rotations > before.rotations) {
		say(`The key was rotated. Charges now use ${state.key}. ${state.charges.failed === 0 ? "None failed." : `${state.charges.failed} failed.`}`);
	}
	for (const source of state.secrets.sources) {
		const former = before.secrets.sources.find((candidate) => candidate.name === source.name);
		if (former && former.state !== source.state) {
			say(`${source.name} is ${source.state}${source.failure ? `: ${reason(source.failure.reason)}` : " again"}.`);
		}
	}
	if (before.charges.failed === 0 && state.charges.failed > 0) {
		say("A charge failed.");
	}
}

/* The stream: each message is the whole state */

function connection(name, text) {
	byId("connection").dataset.state = name;
	put("connection-text", text);
}

function listen() {
	const stream = new EventSource("events");
	stream.onmessage = (message) => {
		const before = state;
		state = JSON.parse(message.data);
		skew = Date.parse(state.now) - Date.now();
		connection("live", "Live");
		if (lost) {
			lost = false;
			say("Connected again.");
		}
		document.querySelector(".stage").setAttribute("aria-busy", "false");
		show();
		announce(before);
	};
	stream.onerror = () => {
		if (!lost && state !== null) {
			lost = true;
			say("The connection to the application was lost. Trying again.");
		}
		connection("lost", "Reconnecting");
		if (stream.readyState === EventSource.CLOSED) {
			setTimeout(listen, 2000);
		}
	};
	addEventListener("pagehide", () => stream.close(), { once: true });
	addEventListener("pageshow", (event) => {
		if (event.persisted && stream.readyState === EventSource.CLOSED) {
			listen();
		}
	}, { once: true });
}

addEventListener("resize", show);
listen();
