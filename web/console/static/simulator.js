"use strict";

const centers = JSON.parse(document.body.dataset.centers);
const recent = JSON.parse(document.body.dataset.recent);
const POLL_MS = 1500;
const SHORTEST_TYPING_MS = 450;
const KEPT_PHONES = 12;
const MEDIA = { photo: "📷 Picture", voice: "🎤 Voice note  0:04", video: "🎬 Video", document: "📄 Document", sticker: "🌴", location: "📍 Location", contact: "👤 Contact", other: "📎 Attachment" };

const $ = (id) => document.getElementById(id);
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};
const remember = (name, value) => { try { localStorage.setItem("acompana." + name, JSON.stringify(value)); } catch { /* private mode */ } };
const recall = (name, otherwise) => { try { return JSON.parse(localStorage.getItem("acompana." + name)) ?? otherwise; } catch { return otherwise; } };
const shownNumber = (number) => "+" + number.replace(/^(1)(\d{3})(\d{3})(\d{4})$/, "$1 $2 $3 $4");
const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let phones = recall("phones", []);
let number = recall("number", null);
let channel = recall("channel", "whatsapp");
let messages = { sms: [], whatsapp: [], telegram: [] };
let unread = { sms: 0, whatsapp: 0, telegram: 0 };
let cursor = null;
let busy = 0;
let generation = 0;
let known = new Set();
let answersSeen = null;

// --- phones ---------------------------------------------------------------------------------------------------------

function randomNumber(center) {
  let digits = center ? center.prefix : "1758555";
  for (let count = center ? center.length : 4; count > 0; count--) digits += Math.floor(Math.random() * 10);
  return digits;
}

function usePhone(wanted, name = null, app = null) {
  generation += 1;
  number = wanted;
  const before = phones.find((phone) => phone.number === wanted);
  if (!before) phones = [{ number: wanted, name }, ...phones].slice(0, KEPT_PHONES);
  else if (name) before.name = name;
  if (app) channel = app;
  remember("phones", phones); remember("number", number); remember("channel", channel);
  messages = { sms: [], whatsapp: [], telegram: [] };
  unread = { sms: 0, whatsapp: 0, telegram: 0 };
  known = new Set(); cursor = null; answersSeen = null; busy = 0;
  closeSheet();
  hideSides();
  drawPhones(); drawApp(); drawTalk(); drawUnderstood(null);
  poll(true);
}

function phoneButton(phone, current, app = null) {
  const label = phone.name || shownNumber(phone.number);
  const hue = [...phone.number].reduce((sum, digit) => sum + Number(digit), 0) % 6;
  const initials = phone.name ? phone.name.split(/\s+/).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase() : "#";
  return make("li", {}, make("button", { type: "button", class: "pick", "aria-current": String(current), onclick: () => usePhone(phone.number, phone.name, app) },
    make("span", { class: "round hue-" + hue, "aria-hidden": "true" }, initials),
    make("span", {}, make("b", {}, label), make("small", {}, app === "telegram" ? "Telegram " + phone.number : phone.name ? shownNumber(phone.number) : "nobody yet"))));
}

function drawPhones() {
  $("phone-list").replaceChildren(...phones.map((phone) => phoneButton(phone, phone.number === number)));
  const others = recent.filter((phone) => !phones.some((mine) => mine.number === phone.number));
  $("recent-box").hidden = others.length === 0;
  $("recent-list").replaceChildren(...others.map((phone) => phoneButton(phone, false, phone.channel)));
}

// --- the phone ------------------------------------------------------------------------------------------------------

function drawApp() {
  $("phone").dataset.channel = channel;
  $("presence").textContent = { sms: "text message", whatsapp: "online", telegram: "bot" }[channel];
  $("number-shown").textContent = channel === "telegram" ? "Telegram chat " + number : shownNumber(number);
  $("text").placeholder = channel === "sms" ? "Text message" : "Message";
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.setAttribute("aria-selected", String(tab.dataset.channel === channel));
    const badge = tab.querySelector(".unread");
    badge.hidden = !unread[tab.dataset.channel];
    badge.textContent = unread[tab.dataset.channel];
  }
}

function bubble(message) {
  const text = message.media ? MEDIA[message.media] || MEDIA.other : message.text;
  const ticks = message.mine && channel !== "sms" && !message.failed ? make("span", { class: "ticks" }, message.pending ? "✓" : "✓✓") : null;
  const shown = make("div", { class: "bubble" + (message.media ? " media" : "") + (message.failed ? " failed" : "") }, text || "(empty message)", make("time", {}, ticks, clock(message.at)));
  const turn = make("div", { class: "turn " + (message.mine ? "mine" : "theirs") + (message.fresh ? " fresh" : "") }, shown);
  message.fresh = false;
  if (message.failed) turn.append(make("span", { class: "meter long" }, message.failed));
  if (!message.mine && channel === "sms") turn.append(meter(message));
  const keys = keysOf(message);
  if (keys) turn.append(keys);
  return turn;
}

function meter(message) {
  const parts = message.segments === 1 ? "1 segment" : message.segments + " segments";
  return make("span", { class: "meter" + (message.segments > 1 ? " long" : "") }, parts + " · " + [...message.text].length + " characters · " + message.encoding);
}

function keysOf(message) {
  if (message.mine) return null;
  if (message.rows.length) return make("div", { class: "keys" }, make("button", { type: "button", onclick: () => openSheet(message) }, "☰ Choose"));
  if (!message.buttons.length || message.tapped) return null;
  const odd = message.buttons.length % 2 === 1 ? message.buttons.length - 1 : -1;
  return make("div", { class: "keys" }, ...message.buttons.map((button, index) => make("button",
    { type: "button", class: index === odd || button.label.length > 18 ? "wide" : null, onclick: () => { if (channel === "telegram") message.tapped = true; send({ choice: button.id }, button.label); } }, button.label)));
}

function drawTalk() {
  const talk = $("talk");
  const shown = [];
  let day = "";
  for (const message of messages[channel]) {
    const today = new Date(message.at).toDateString();
    if (today !== day) { shown.push(make("div", { class: "day" }, new Date(message.at).toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" }))); day = today; }
    shown.push(bubble(message));
  }
  if (!shown.length) shown.push(make("p", { class: "empty" }, centers.length ? "Say hello, or join a center with a tap below. Every message takes the same way as a real one." : "There is no center yet. Add one with: acompana center add"));
  if (busy) shown.push(make("div", { class: "turn theirs typing" }, make("div", { class: "bubble" }, make("i"), make("i"), make("i"))));
  talk.replaceChildren(...shown);
  drawChips();
  talk.scrollTop = talk.scrollHeight;
}

function drawChips() {
  const mine = messages[channel];
  const words = mine.length ? (mine.at(-1).mine ? [] : ["HELP", "BACK", "LATER", "STOP"]) : centers.slice(0, 8).map((center) => "JOIN " + center.code);
  $("chips").replaceChildren(...words.map((word) => make("button", { type: "button", onclick: () => send({ text: word }, word) }, word)));
}

function openSheet(message) {
  $("sheet-rows").replaceChildren(...message.rows.map((row) => make("button", { type: "button", onclick: () => { closeSheet(); send({ choice: row.id }, row.label); } }, row.label)));
  $("sheet").hidden = false;
  $("sheet-rows").firstChild.focus();
}
function closeSheet() { $("sheet").hidden = true; }

// --- messages -------------------------------------------------------------------------------------------------------

function take(replies, inbound, quiet) {
  let news = false;
  const found = [
    ...inbound.map((row) => ({ ...row, key: "in" + row.id, mine: true })),
    ...replies.map((row) => ({ ...row, key: "out" + row.id, mine: false })),
  ];
  for (const message of found) {
    if (known.has(message.key)) continue;
    known.add(message.key);
    message.fresh = !quiet;
    messages[message.channel].push(message);
    if (!message.mine && message.channel !== channel && !quiet) unread[message.channel] += 1;
    news = true;
  }
  if (news) for (const list of Object.values(messages)) list.sort((one, other) => new Date(one.at) - new Date(other.at) || other.mine - one.mine);
  return news;
}

async function poll(first = false) {
  const mine = generation;
  if (busy && !first) return;
  try {
    const query = new URLSearchParams({ from: number });
    if (cursor) query.set("since", cursor);
    const answer = await fetch("/simulator/messages?" + query);
    if (!answer.ok || mine !== generation || (busy && !first)) return;
    const body = await answer.json();
    cursor = body.cursor;
    $("presence").classList.remove("gone");
    if (take(body.replies, body.inbound, first)) { drawApp(); drawTalk(); understand(); }
    else if (first) { drawTalk(); understand(); }
  } catch {
    $("presence").textContent = "no connection";
  }
}

async function send(what, label) {
  const mine = generation, app = channel;
  const message = { mine: true, pending: true, channel: app, text: label, media: what.media || null, at: new Date().toISOString(), fresh: true, key: "" };
  messages[app].push(message);
  busy += 1;
  $("attach").hidden = true;
  drawTalk();
  try {
    const [answer] = await Promise.all([
      fetch("/simulator/messages", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ channel: app, from: number, language: navigator.language, ...what }) }),
      pause(SHORTEST_TYPING_MS),
    ]);
    if (mine !== generation) return;
    const body = await answer.json();
    message.pending = false;
    if (answer.ok) { known.add("in" + body.received); take(body.replies, [], false); }
    else message.failed = typeof body.detail === "string" ? body.detail : "not sent";
  } catch {
    if (mine !== generation) return;
    message.pending = false; message.failed = "not sent; is the program still running?";
  }
  busy -= 1;
  drawApp(); drawTalk(); understand();
}

// --- what was understood --------------------------------------------------------------------------------------------

async function understand() {
  const mine = generation, app = channel;
  try {
    const answer = await fetch("/simulator/understood?" + new URLSearchParams({ from: number, channel }));
    if (answer.ok && mine === generation && app === channel) drawUnderstood(await answer.json());
  } catch { /* the next poll tells */ }
}

function drawUnderstood(body) {
  const { client, staff, open, answers } = body || {};
  if (staff) {
    $("person").replaceChildren(make("div", { class: "card" }, make("b", {}, staff.name), make("p", {}, "A " + staff.role + "'s own phone. Write /help.")));
    $("open").replaceChildren(); $("answers").replaceChildren();
    nameIt(staff.name);
    return;
  }
  if (!client) {
    $("person").replaceChildren(make("p", { class: "hint" }, "Nobody has this phone yet. As soon as somebody signs up, this shows what they wrote and what it was understood as."));
    $("open").replaceChildren(); $("answers").replaceChildren();
    return;
  }
  const off = client.status === "stopped" || client.status === "refused" || client.status === "erased";
  $("person").replaceChildren(make("div", { class: "card" }, make("b", {}, client.name || "New here"), make("span", { class: "tag" + (off ? " off" : "") }, client.status),
    make("p", {}, [client.business, client.code, client.center, client.language].filter(Boolean).join(" · ")),
    body.person ? make("p", {}, "A counselor has this conversation now.") : null));
  $("open").replaceChildren(...(open ? [openCard(open)] : []));
  const newest = answersSeen;
  answersSeen = answers.length ? Math.max(...answers.map((answer) => answer.id)) : 0;
  $("answers").replaceChildren(...answers.map((answer) => answerItem(answer, newest !== null && answer.id > newest)));
  nameIt(client.name);
}

function openCard(open) {
  if (open.pending) return make("div", { class: "card waits" }, make("b", {}, open.pending.shown), make("p", {}, "“" + open.pending.raw + "” was read back; it counts after a yes."));
  return make("div", { class: "card" }, make("p", {}, open.flow + (open.question ? " · waits for: " + open.question : "") + (open.tries ? " · asked again " + open.tries + "×" : "")));
}

function answerItem(answer, fresh) {
  const missing = answer.outcome === "unknown" || answer.outcome === "refused";
  const same = answer.raw !== null && answer.raw.trim().toLowerCase() === answer.shown.trim().toLowerCase();
  return make("li", { class: [fresh && "fresh", answer.taken_back && "back"].filter(Boolean).join(" ") || null, title: answer.reason || null },
    make("small", {}, answer.asked), answer.approximate ? make("span", { class: "tag" }, "about") : null, answer.taken_back ? make("span", { class: "tag off" }, "taken back") : null,
    make("div", { class: "read" + (missing ? " none" : "") }, answer.raw && !same ? make("q", {}, answer.raw) : null, answer.raw && !same ? make("span", { class: "arrow" }, "→") : null, make("strong", {}, answer.shown)));
}

function nameIt(name) {
  const phone = phones.find((one) => one.number === number);
  if (phone && name && phone.name !== name) { phone.name = name; remember("phones", phones); drawPhones(); }
}

// --- what people do -------------------------------------------------------------------------------------------------

function toggleSide(id, button) {
  const shown = !$(id).classList.contains("shown");
  hideSides();
  $(id).classList.toggle("shown", shown);
  $(button).setAttribute("aria-expanded", String(shown));
}
function hideSides() {
  for (const [id, button] of [["phones", "show-phones"], ["understood", "show-understood"]]) { $(id).classList.remove("shown"); $(button).setAttribute("aria-expanded", "false"); }
}
$("show-phones").addEventListener("click", () => toggleSide("phones", "show-phones"));
$("show-understood").addEventListener("click", () => toggleSide("understood", "show-understood"));
$("new-phone").addEventListener("click", () => usePhone(randomNumber(centers[Math.floor(Math.random() * centers.length)])));
$("other-phone").addEventListener("submit", (event) => {
  event.preventDefault();
  const digits = $("number").value.replace(/\D/g, "").replace(/^00/, "");
  $("number-wrong").hidden = digits.length >= 3 && digits.length <= 15;
  if ($("number-wrong").hidden) { usePhone(digits); $("number").value = ""; }
});
for (const tab of document.querySelectorAll("[role=tab]")) tab.addEventListener("click", () => { channel = tab.dataset.channel; unread[channel] = 0; remember("channel", channel); closeSheet(); drawApp(); drawTalk(); answersSeen = null; understand(); });
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value;
  $("text").value = "";
  if (text.trim()) send({ text }, text);
});
$("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("composer").requestSubmit(); } });
$("clip").addEventListener("click", () => { $("attach").hidden = !$("attach").hidden; $("clip").setAttribute("aria-expanded", String(!$("attach").hidden)); });
for (const button of document.querySelectorAll("[data-media]")) button.addEventListener("click", () => send({ media: button.dataset.media }, ""));
$("sheet-close").addEventListener("click", closeSheet);
$("sheet").addEventListener("click", (event) => { if (event.target === $("sheet")) closeSheet(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeSheet(); });

const tellTime = () => { $("clock").textContent = clock(new Date()); };
tellTime();
setInterval(tellTime, 10_000);
setInterval(() => { if (!document.hidden) poll(); }, POLL_MS);
usePhone(number || randomNumber(centers[0]));
