// The inbox: what changes comes in by itself, signs of life go out, and one can talk with a parent.

const byId = (id) => document.getElementById(id);
const csrf = document.body.dataset.csrf;
const page = document.body.dataset.page;
const caseId = document.body.dataset.case;
const talk = () => document.querySelector(".talk-now");
const clock = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit" });
const AWAY = "Geen verbinding met de inbox. We proberen het steeds opnieuw.";
const OUT = "U bent uitgelogd. Wat hier stond, is van het scherm gehaald.";
const WRITERS = { ouder: "Ouder", mens: "U", bot: "Chatbot" };

const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
// What the page does by itself does not keep the session alive.
const ITSELF = { "X-Vanzelf": "ja" };
const post = (path, fields = {}, more = {}) =>
  fetch(path, {
    method: "POST",
    headers: { Accept: "application/json", ...more },
    body: new URLSearchParams({ csrf, ...fields }),
    redirect: "manual",
  });

// --- the stream -------------------------------------------------------------------------------------------------

let source = null;
let isOut = false;

function listen() {
  source?.close();
  if (isOut) return;
  const last = talk()?.dataset.last;
  const query = talk() ? `?zaak=${caseId}&na=${last}` : "";
  source = new EventSource(`/inbox/stroom${query}`);
  source.addEventListener("open", () => opened());
  source.addEventListener("error", () => (source.readyState === EventSource.CLOSED ? refused() : tell(AWAY)));
  // A sign of life in answer to each of the door: timers of a page in the background may sleep, events do not.
  source.addEventListener("hart", ({ data }) => beat(JSON.parse(data)));
  source.addEventListener("uit", out);
  source.addEventListener("veranderd", ({ data }) => changed(JSON.parse(data).zaken));
  source.addEventListener("gewist", () => tell("De ouder heeft het gesprek gewist."));
  source.addEventListener("bericht", ({ data }) => showSaid(JSON.parse(data)));
  source.addEventListener("ouder", ({ data }) => showParent(JSON.parse(data).aanwezig));
}

async function beat(fields) {
  const answer = await post("/inbox/hart", fields, ITSELF).catch(() => null);
  if (noMore(answer)) out();
}

// The stream was refused: the session has ended, or the door cannot answer for a while.
async function refused() {
  tell(AWAY);
  await beat({});
  setTimeout(listen, 2000);
}

const noMore = (answer) => answer?.type === "opaqueredirect" || answer?.status === 403;

// The session has ended, here or elsewhere: nothing of a parent stays on the screen, nor what somebody was typing.
function out() {
  if (isOut) return;
  isOut = true;
  source?.close();
  clearTimeout(timer);
  clearInterval(calling);
  document.title = "Uitgelogd – Inbox Ouderchat";
  // Names that were looked for stand in the address.
  history.replaceState(null, "", location.pathname);
  for (const node of document.querySelectorAll(".bar form, .bar .nav")) node.remove();
  const told = Object.assign(document.createElement("p"), { className: "notice", textContent: OUT });
  told.setAttribute("role", "alert");
  const again = document.createElement("p");
  again.append(Object.assign(document.createElement("a"), { href: location.pathname, textContent: "Opnieuw inloggen" }));
  const title = Object.assign(document.createElement("h1"), { textContent: "Uitgelogd" });
  byId("inhoud").replaceChildren(title, told, again);
}

// What happened while there was no connection was not heard.
let lost = false;

function opened() {
  tell("");
  if (lost) renewSoon();
  lost = false;
}

function tell(sentence) {
  lost ||= sentence === AWAY;
  byId("verbinding").textContent = sentence;
  byId("verbinding").hidden = !sentence;
}

// --- what changed -----------------------------------------------------------------------------------------------

let timer = null;

function changed(cases) {
  if (page === "zaak" && !cases.includes(caseId)) return renewSoon(["alarm"]);
  renewSoon();
}

function renewSoon(only) {
  clearTimeout(timer);
  timer = setTimeout(() => renew(only), 150);
}

// The page as it is now, in place of the parts that may change; what somebody is typing stays.
async function renew(only) {
  const asked = { headers: { Accept: "text/html", ...ITSELF }, redirect: "manual" };
  const answer = await fetch(only ? "/inbox/account" : location.href, asked).catch(() => null);
  if (noMore(answer)) return out();
  // Withdrawn by the parent: nothing of it stays on the screen.
  if (answer?.status === 404) return location.reload();
  if (!answer || !answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (isOut) return;
  const before = [document.title, lines()];
  for (const part of document.querySelectorAll("[data-live]")) {
    if (only && !only.includes(part.id)) continue;
    const other = fresh.getElementById(part.id);
    if (other && keeps(part, other)) continue;
    replace(part, other);
  }
  if (only) document.title = document.title.replace(/^(\(\d+\) )?/, fresh.title.match(/^(\(\d+\) )?/)[0]);
  else document.title = fresh.title;
  if (count(document.title) > count(before[0])) alarm("Nieuw in de inbox!");
  else if (lines() > before[1]) alarm("Nieuw bericht!");
  ready();
}

// What did not change stays, and so does a part to work in (data-keep) as long as it is of the same kind, or somebody is
// typing in it: in a live conversation messages come by themselves.
const keeps = (part, other) =>
  part.isEqualNode(other) || ("keep" in part.dataset && (part.dataset.live === other.dataset.live || typedIn(part)));
const typedIn = (part) => [...part.querySelectorAll("textarea")].some(({ value }) => value.trim());
const lines = () => document.querySelectorAll("#gesprek-deel .line.ouder").length;
const count = (title) => Number(title.match(/^\((\d+)\)/)?.[1] || 0);

function replace(part, other) {
  const focused = part.contains(document.activeElement) ? document.activeElement.id : null;
  if (!other) part.replaceChildren();
  else part.replaceWith(document.adoptNode(other));
  if (focused) (byId(focused) || byId("inhoud")).focus({ preventScroll: true });
}

// Something new while nobody looks at this page: the title says so until somebody does.
const CALL = /^Nieuw [^!]*! /;
let calling = null;

function alarm(call) {
  if (document.hasFocus() || calling) return;
  const calls = () => {
    const plain = document.title.replace(CALL, "");
    document.title = document.title === plain ? `${call} ${plain}` : plain;
  };
  calls();
  calling = setInterval(calls, 1500);
}

addEventListener("focus", () => {
  clearInterval(calling);
  calling = null;
  document.title = document.title.replace(CALL, "");
});

// --- talking with a parent --------------------------------------------------------------------------------------

function showSaid(item) {
  const box = byId("gezegd");
  if (!box || item.seq <= Number(talk().dataset.last)) return;
  talk().dataset.last = item.seq;
  const line = document.createElement("li");
  line.className = `line ${item.van}${item.gevaar ? " danger" : ""}`;
  line.dataset.seq = item.seq;
  const by = document.createElement("p");
  by.className = "by";
  by.append(`${WRITERS[item.van]} `, time(item.tijd));
  const flag = document.createElement("p");
  flag.className = "flag";
  flag.textContent = "Teken van gevaar. De ouder heeft de hulplijnen gekregen.";
  const said = document.createElement("div");
  said.className = "said";
  // Made safe by the door.
  said.innerHTML = item.html;
  line.append(by, ...(item.gevaar ? [flag] : []), said);
  box.querySelector("ol").append(line);
  box.scrollTop = box.scrollHeight;
  if (item.van === "ouder") alarm("Nieuw bericht!");
}

function time(iso) {
  const node = document.createElement("time");
  node.dateTime = iso;
  node.textContent = clock.format(new Date(iso));
  return node;
}

function showParent(there) {
  const line = byId("ouder-er");
  if (line) line.textContent = `De ouder heeft de chat ${there ? "op het scherm." : "nu niet op het scherm."}`;
}

async function say(event) {
  event.preventDefault();
  const form = byId("zeg");
  const text = byId("zeg-tekst").value.trim();
  const problem = byId("zeg-probleem");
  problem.hidden = true;
  if (!text) return fail("U hebt nog niets getypt.");
  try {
    // The same id until it got through: twice sent is once said.
    const answer = await post(form.action, { tekst: text, id: form.elements.id.value });
    if (noMore(answer)) return out();
    if (answer.status === 409) return renew();
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    return isOut || fail("Uw bericht is niet verstuurd: er is geen verbinding. Het staat er nog. Probeer het zo nog eens.");
  }
  if (isOut) return;
  byId("zeg-tekst").value = "";
  form.elements.id.value = newId();
  byId("zeg-tekst").focus();
}

function fail(sentence) {
  byId("zeg-probleem").textContent = sentence;
  byId("zeg-probleem").hidden = false;
  byId("zeg-tekst").focus();
}

// --- once, and again after a part was renewed -------------------------------------------------------------------

let listening = null;

function ready() {
  if (isOut) return;
  for (const node of document.querySelectorAll(".talk-now time:empty")) node.textContent = clock.format(new Date(node.dateTime));
  const form = byId("zeg");
  if (form && !form.dataset.ready) {
    form.dataset.ready = "";
    form.elements.id.value = newId();
    form.noValidate = true;
    form.addEventListener("submit", say);
    byId("zeg-tekst").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) say(event);
    });
    byId("gezegd").scrollTop = byId("gezegd").scrollHeight;
  }
  const print = byId("afdrukken");
  if (print) {
    print.hidden = false;
    print.onclick = () => window.print();
  }
  // With the conversation, or no more with it.
  const wanted = Boolean(talk());
  if (listening !== wanted) {
    listening = wanted;
    listen();
  }
}

ready();
if (location.hash === "#gesprek-nu") byId("zeg-tekst")?.focus();
document.body.dataset.ready = "";
